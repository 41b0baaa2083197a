namespace OpenStage.Conformance;

/// <summary>The section of the guide that the cases of a class are about.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GuideAttribute(string section) : Attribute
{
    public string Section { get; } = section;

    /// <summary>Page of the guide, unless a case names its own.</summary>
    public int Page { get; init; }
}
