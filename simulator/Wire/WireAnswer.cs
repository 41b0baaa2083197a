using OpenStage.Protocol.Wire;

namespace OpenStage.Simulator.Wire;

/// <summary>An HTTP answer as it came.</summary>
/// <param name="Keeps">True when the connection can be used again.</param>
internal sealed record WireAnswer(int Status, IReadOnlyList<HttpHeader> Headers, byte[] Body, bool Chunked, bool Keeps);
