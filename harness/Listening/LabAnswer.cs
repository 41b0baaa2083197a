namespace OpenStage.Harness.Listening;

/// <summary>What a listener of the lab answers.</summary>
public sealed record LabAnswer(int Status, byte[] Body, string ContentType = "text/xml; charset=UTF-8")
{
    public static LabAnswer NotFound { get; } = new(404, []);
}
