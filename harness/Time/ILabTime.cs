namespace OpenStage.Harness.Time;

/// <summary>How a lab waits: by jumping when all phones are emulated, by waiting when one is real.</summary>
public interface ILabTime
{
    /// <summary>Time of the lab's clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Lets time go by with everything that falls due in it.</summary>
    Task PassAsync(TimeSpan span);

    /// <summary>Waits until something holds, at most for so long.</summary>
    /// <returns>Whether it holds.</returns>
    Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit);

    /// <summary>Tells waiters that something happened; safe from any thread.</summary>
    void Pulse();
}
