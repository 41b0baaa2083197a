using OpenStage.Benchmarks.Load;
using OpenStage.Simulator.Fleet;
using OpenStage.Simulator.Machine;

namespace OpenStage.Benchmarks.Storm;

/// <summary>What the simulator's process wrote of a storm.</summary>
/// <param name="Time">From the moment that the phones have booted until the last was served.</param>
/// <param name="Cpu">Processor time of the process.</param>
internal sealed record StormResult(TimeSpan Time, TimeSpan Cpu)
{
    /// <exception cref="LoadException">A phone was not served, something went wrong on the way, or the file is no result.</exception>
    public static StormResult Read(string file, int phones)
    {
        var result = Parsed(file);
        var answer = result.Answers.Single(answer => answer.Question == FleetQuestion.SteadyAfterBoot);
        if (answer.Seconds is not { } seconds || answer.Phones != phones || answer.Done != phones)
            throw new LoadException(FormattableString.Invariant($"Only {answer.Done} of {phones} phones were served."));
        if (result.Errors.Count > 0)
            throw new LoadException($"All phones were served, but not without errors: {string.Join(", ", result.Errors.Select(error => FormattableString.Invariant($"{error.Kind} {error.Count} times")))}.");
        return new StormResult(TimeSpan.FromSeconds(seconds) - Phone.BootTime, TimeSpan.FromSeconds(result.Machines.Sum(machine => machine.ProcessorSeconds)));
    }

    private static FleetResult Parsed(string file)
    {
        try
        {
            return FleetResult.Read(file);
        }
        catch (ArgumentException wrong)
        {
            throw new LoadException(wrong.Message);
        }
    }
}
