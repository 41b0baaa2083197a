using OpenStage.Benchmarks.Load;
using OpenStage.Simulator.Fleet;
using OpenStage.Simulator.Machine;

namespace OpenStage.Benchmarks.Storm;

/// <summary>What the simulator's process wrote of a storm.</summary>
/// <param name="First">From the moment that phones have booted which the service has never seen, until the last was served.</param>
/// <param name="Again">The same after all have lost their power.</param>
/// <param name="ProcessorTime">Processor time of the process from its start.</param>
internal sealed record StormResult(Wave First, Wave Again, TimeSpan ProcessorTime)
{
    /// <exception cref="LoadException">A phone was not served, something went wrong on the way, or the file is no result.</exception>
    public static StormResult Read(string file, int phones)
    {
        var result = Parsed(file);
        var first = Served(result, FleetQuestion.UpAtFirst, phones);
        var again = Served(result, FleetQuestion.SteadyAfterBoot, phones);
        if (result.Errors.Count > 0)
            throw new LoadException($"All phones were served, but not without errors: {string.Join(", ", result.Errors.Select(error => FormattableString.Invariant($"{error.Kind} {error.Count} times")))}.");
        return new StormResult(first, again, TimeSpan.FromSeconds(result.Machines.Sum(machine => machine.ProcessorSeconds)));
    }

    private static Wave Served(FleetResult result, FleetQuestion question, int phones)
    {
        var answer = result.Answers.Single(answer => answer.Question == question);
        return answer is { Begun: { } begun, Seconds: { } seconds } && answer.Phones == phones && answer.Done == phones
            ? new Wave(begun + Phone.BootTime, TimeSpan.FromSeconds(seconds) - Phone.BootTime)
            : throw new LoadException(FormattableString.Invariant($"{FleetAnswer.Words(question)}: only {answer.Done} of {phones} phones were served."));
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
