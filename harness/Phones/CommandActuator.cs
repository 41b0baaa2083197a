using OpenStage.Harness.Lab;

namespace OpenStage.Harness.Phones;

/// <summary>Runs a program with its arguments, without a shell.</summary>
internal sealed class CommandActuator(LabActuator entry, TimeProvider time) : IActuator
{
    public Task SetAsync(bool on, string what) => CommandRun.RunAsync(on ? entry.On : entry.Off, given: null, entry.Timeout, time, what);
}
