namespace OpenStage.Benchmarks.Storm;

/// <summary>One time that all came at once.</summary>
/// <param name="Begun">When the first came, by the machine's clock.</param>
/// <param name="Time">From then until the last was done.</param>
internal sealed record Wave(DateTimeOffset Begun, TimeSpan Time);
