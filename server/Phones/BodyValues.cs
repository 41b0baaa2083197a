namespace OpenStage.Server.Phones;

/// <summary>The fields that a body brought; those it did not bring keep what they were.</summary>
internal sealed class BodyValues(IReadOnlyDictionary<string, object?> values)
{
    public string? Text(string name, string? before = null) => Value(name, before);

    /// <summary>The text of a field that is never without one.</summary>
    public string Given(string name, string before = "") => Value(name, before) ?? before;

    public bool? Flag(string name, bool? before = null) => Value(name, before);

    public int? Whole(string name, int? before = null) => Value(name, before);

    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> before) => Value(name, before) ?? before;

    private T? Value<T>(string name, T? before) => values.TryGetValue(name, out var value) ? (T?)value : before;
}
