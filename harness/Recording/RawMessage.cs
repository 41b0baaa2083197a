using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Recording;

/// <summary>A request or an answer as it was on the wire.</summary>
/// <param name="FirstLine">Request line or status line.</param>
internal sealed record RawMessage(string FirstLine, IReadOnlyList<HttpHeader> Headers, byte[] Body)
{
    public string Word(int number) => FirstLine.Split(' ').ElementAtOrDefault(number) ?? "";
}
