namespace OpenStage.Server.Description;

/// <summary>
/// Says in the description of the API what a parameter or a field may be. Most of them are read as text or as what may be
/// missing, so that each refusal names the field; their types alone would tell nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class AllowedAttribute : Attribute
{
    /// <summary>An enumeration whose names are allowed, in any case.</summary>
    public Type? Names { get; set; }

    /// <summary>The name of <see cref="Names"/> that is not allowed here.</summary>
    public string? Except { get; set; }

    /// <summary>Texts that are allowed, in any case, with commas between.</summary>
    public string? Words { get; set; }

    /// <summary>True for text that is a number, of a query.</summary>
    public bool IsNumber { get; set; }

    /// <summary>True for text that is a time, of a query.</summary>
    public bool IsTime { get; set; }

    /// <summary>Least number.</summary>
    public double Least { get; set; } = double.NaN;

    /// <summary>Greatest number.</summary>
    public double Most { get; set; } = double.NaN;

    /// <summary>Least characters of a text.</summary>
    public int Shortest { get; set; }

    /// <summary>Most characters of a text, or most elements of a list; 0 for any.</summary>
    public int Longest { get; set; }

    /// <summary>True for what must be given, and cannot be null.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>A value that is allowed.</summary>
    public object? Example { get; set; }
}
