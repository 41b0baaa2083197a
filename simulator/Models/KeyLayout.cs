namespace OpenStage.Simulator.Models;

/// <summary>The programmable keys of a model (WPI guide p.120).</summary>
public sealed record KeyLayout
{
    private const int ModuleKeys = 12;
    private const int ShiftedLevel = 1000;

    /// <summary>Number of keys on the phone itself.</summary>
    public int Count { get; init; }

    /// <summary>True when each key has a second level, 1000 + its number.</summary>
    public bool Shifted { get; init; }

    /// <summary>Most key modules that can be attached: keys 301-312 and 401-412 (field).</summary>
    public int Modules { get; init; }

    /// <summary>True when a key of this number is there.</summary>
    /// <param name="attached">Number of key modules attached.</param>
    public bool Has(int index, int attached)
    {
        var key = Shifted && index > 1000 && index < 2000 ? index - 1000 : index;
        if (key >= 1 && key <= Count)
            return true;
        return (key is > 300 and <= 300 + ModuleKeys && attached >= 1) || (key is > 400 and <= 400 + ModuleKeys && attached >= 2)
            // Fixed keys: 4002 is forwarding, 4003 was seen written with hold (field).
            || index is 4002 or 4003;
    }

    /// <summary>Numbers of the keys on the phone itself, with the shifted level.</summary>
    public IEnumerable<int> Indexes => IndexesWith(modules: 0);

    /// <summary>Numbers of the keys with those of the key modules that are plugged in.</summary>
    public IEnumerable<int> IndexesWith(int modules) =>
        Level(0, modules).Concat(Shifted ? Level(ShiftedLevel, modules) : []);

    private IEnumerable<int> Level(int level, int modules) => Enumerable.Range(level + 1, Count)
        .Concat(Enumerable.Range(1, modules).SelectMany(module => Enumerable.Range(level + 201 + (100 * module), ModuleKeys)));
}
