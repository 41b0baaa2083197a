using System.CommandLine;
using System.Globalization;
using OpenStage.Protocol.Recordings;
using OpenStage.Simulator;
using OpenStage.Simulator.Recording;

namespace OpenStage.Lab;

/// <summary><c>lab fidelity</c>: how much of a recording an emulated phone reproduces.</summary>
internal static class FidelityVerb
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("file") { Description = "A recording of 'lab record'." };
        var model = new Option<string?>("--model") { Description = "Device type to compare with instead of the recorded one." };
        var quirk = new Option<string[]>("--quirk") { Description = "A quirk that the emulated phone wears; may be given several times.", DefaultValueFactory = _ => [] };
        var worn = new Option<bool>("--as-recorded") { Description = "The emulated phone wears the recording itself." };
        var verb = new Command("fidelity", "Plays the service's side of a recording to the emulated model and says what it reproduces.\n\nExample: lab fidelity os40.json --quirk connection-close") { file, model, quirk, worn };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(model), parsed.GetValue(quirk)!, parsed.GetValue(worn), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(FileInfo file, string? model, string[] quirks, bool worn, CancellationToken cancellation)
    {
        try
        {
            var recording = RecordingFile.Parse(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation));
            if (recording.Exchanges.Count == 0)
                throw new FormatException($"{file.Name}: $.exchanges: the list is empty; allowed is at least one exchange, or there is nothing to compare.");
            return Show(FidelityCheck.Run(recording, new PhoneOptions
            {
                Server = new Uri("https://127.0.0.1:18443"),
                Model = model ?? recording.Device.Model,
                Firmware = recording.Device.Firmware,
                Mac = recording.Device.Mac,
                Address = "127.0.0.1",
                Quirks = quirks,
                Recording = worn ? recording : null,
            }));
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
    }

    private static int Show(IReadOnlyList<FidelityLine> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(line.Number == 0 ? "end" : line.Number.ToString(CultureInfo.InvariantCulture)),4}  {line.Fidelity,-9}  {line.Said}"));
            foreach (var difference in line.Difference.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Console.WriteLine("        " + difference);
        }

        var exact = lines.Count(line => line.Fidelity == Fidelity.Exact);
        var canonical = lines.Count(line => line.Fidelity is Fidelity.Exact or Fidelity.Canonical);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines.Count} exchanges: {Share(exact)} byte for byte, {Share(canonical)} canonically"));
        return canonical == lines.Count ? LabCommand.Good : LabCommand.ConformanceFailures;

        string Share(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} ({(lines.Count == 0 ? 0 : 100.0 * count / lines.Count):0.0} %)");
    }
}
