namespace OpenStage.Protocol.Tests.Tolerance;

/// <summary>A message that deviates from the guide, and the codes by which the reader must name that, in order.</summary>
internal sealed record Tolerated(string File, params string[] Codes)
{
    public bool FromPhone => File.StartsWith("phone-", StringComparison.Ordinal);

    public override string ToString() => File;
}
