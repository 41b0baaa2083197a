namespace OpenStage.Simulator.Models;

/// <summary>The display of a model.</summary>
public sealed record PhoneScreen
{
    /// <summary>Lines of text that it shows.</summary>
    public int Lines { get; init; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>False for a monochrome display.</summary>
    public bool Colour { get; init; }
}
