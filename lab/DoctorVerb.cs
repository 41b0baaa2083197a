using System.CommandLine;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Lab;

/// <summary><c>lab doctor</c>: whether this machine has what a lab needs, and what to do when not.</summary>
internal static class DoctorVerb
{
    public static Command Command()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Lab file. Without it: lab-config/emulator.json." };
        var call = new Option<bool>("--call") { Description = "Has each physical phone call as well, which shows whether a firewall is between; up to a minute a phone." };
        var verb = new Command("doctor", "Checks ports, the address for phones, routes, clock, certificate and TLS versions; no phone is contacted without --call.\n\nExample: lab doctor desk.json --call") { file, call };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)?.FullName ?? RunVerb.DefaultLab, parsed.GetValue(call), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string file, bool call, CancellationToken cancellation)
    {
        LabFile lab;
        try
        {
            lab = LabFileReader.Read(file);
        }
        catch (LabFileException wrong)
        {
            foreach (var problem in wrong.Problems)
                await Console.Error.WriteLineAsync(problem);
            return LabCommand.UsageError;
        }

        var isGood = Show(await LabDoctor.ExamineAsync(lab, TimeProvider.System, cancellation));
        if (call)
        {
            try
            {
                isGood &= Show(await PhoneCallCheck.ExamineAsync(lab, TimeProvider.System, span => Task.Delay(span, TimeProvider.System, cancellation), cancellation));
            }
            catch (LabErrorException broken)
            {
                await Console.Error.WriteLineAsync(broken.Message);
                return LabCommand.LabError;
            }
        }
        else if (lab.Phones.Any(phone => phone is { Kind: PhoneKind.Physical, Address: not null }))
        {
            Console.WriteLine("      firewall: not looked at; 'lab doctor --call' has the phones call, which tells what is blocked.");
        }

        return isGood ? LabCommand.Good : LabCommand.LabError;
    }

    /// <returns>True when all is good.</returns>
    private static bool Show(IReadOnlyList<LabCheck> checks)
    {
        foreach (var check in checks)
        {
            Console.WriteLine($"{(check.IsGood ? "ok  " : "FAIL")}  {check.Name}: {check.Found}");
            if (check.Advice.Length > 0)
                Console.WriteLine($"      {check.Advice}");
        }

        return checks.All(check => check.IsGood);
    }
}
