using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Phones;

/// <summary>Asks a person, and goes on when it is done.</summary>
internal sealed class PromptActuator(LabActuator entry, TimeProvider time, IPrompts prompts) : IActuator
{
    public async Task SetAsync(bool on, string what)
    {
        using var limit = new CancellationTokenSource(entry.Timeout, time);
        try
        {
            if (await prompts.AskAsync(what, limit.Token) is { Length: > 0 } reason)
                throw new LabErrorException($"{what}: {reason}.",
                    advice: "Have somebody at the phone for the run, or leave the cases that ask out with --where.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new LabErrorException($"{what}: nobody said that it was done within {entry.Timeout.TotalSeconds:0} s.",
                advice: "Have somebody at the phone for the run, or leave the cases that ask out with --where.");
        }
    }
}
