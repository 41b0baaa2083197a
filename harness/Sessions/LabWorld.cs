using OpenStage.Harness.Clock;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;

namespace OpenStage.Harness.Sessions;

/// <summary>What is around a lab: time, people to ask, and where runs keep their locks.</summary>
public sealed record LabWorld
{
    /// <summary>
    /// A clock that jumps, shared with phones that the lab knows by its lab file only; null for the machine's own time
    /// when a phone is physical, and a clock of the lab's own else.
    /// </summary>
    public ManualClock? Clock { get; init; }

    /// <summary>Each completes when one of those phones has nothing to do; only then <see cref="Clock"/> jumps.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> WhenIdle { get; init; } = [];

    /// <summary>Asks people to do what the lab cannot; by default on the console.</summary>
    public IPrompts People { get; init; } = new ConsolePrompts(Console.In, Console.Out);

    /// <summary>Where runs keep the locks of physical phones and what is to be set back on them.</summary>
    public string LockFolder { get; init; } = PhoneLock.DefaultFolder;
}
