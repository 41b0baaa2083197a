namespace OpenStage.Harness.Comparison;

/// <summary>How an item of a phone differs from before.</summary>
public enum ItemChangeKind
{
    /// <summary>The phone did not have it before.</summary>
    Added,

    /// <summary>The phone does not have it any more.</summary>
    Removed,

    /// <summary>The value is of another form, such as a text instead of a number.</summary>
    TypeChanged,

    /// <summary>The value is another one of the same form.</summary>
    ValueChanged,
}
