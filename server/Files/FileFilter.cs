namespace OpenStage.Server.Files;

/// <summary>Which files are meant; what is null does not matter.</summary>
public sealed record FileFilter
{
    /// <summary>Any part of name, type, version, software type or device types, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>One of <see cref="FileTypes.All"/>.</summary>
    public string? Type { get; init; }

    /// <summary>Files to leave out at the beginning, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Most files, 1 or more.</summary>
    public int Top { get; init; } = int.MaxValue;
}
