namespace OpenStage.Server.Jobs;

/// <summary>A job was asked for that cannot be.</summary>
public sealed class JobRequestException(string field, string value, string allowed)
    : ArgumentException($"{field} '{value}': allowed is {allowed}.", field)
{
    public string Field { get; } = field;

    public string Value { get; } = value;

    public string Allowed { get; } = allowed;
}
