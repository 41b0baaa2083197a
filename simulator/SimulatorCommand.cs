using System.CommandLine;
using OpenStage.Protocol.Recordings;
using OpenStage.Simulator.Control;
using OpenStage.Simulator.Fleet;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator;

/// <summary>The command line of the simulator.</summary>
internal static class SimulatorCommand
{
    private const int UsageError = 2;
    private const int NotHealthy = 3;

    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(10);

    /// <returns>0 when all went well, 2 when the command line cannot be used.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("Emulated OpenStage phones.") { PhoneVerb(), FleetVerbs.Fleet(), FleetVerbs.FleetResults(), ModelsVerb(), QuirksVerb(), HealthVerb() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            return UsageError;
        }

        return await parsed.InvokeAsync();
    }

    private static Command PhoneVerb()
    {
        var server = new Option<string>("--server") { Required = true, Description = "The provisioning service, such as https://127.0.0.1:18443." };
        var model = new Option<string?>("--model") { Description = "Device type, such as \"OpenStage 40\"; 'simulator models' lists them." };
        var mac = new Option<string?>("--mac") { Description = "MAC address, such as 00:1A:E8:00:00:01." };
        var address = new Option<string>("--address") { DefaultValueFactory = _ => "127.20.0.1", Description = "The phone's own loopback address." };
        var firmware = new Option<string?>("--firmware") { Description = "Such as \"V3 R3.24.0\"; the model's newest without it." };
        var quirk = new Option<string[]>("--quirk") { Description = "A quirk to wear, aimed as NAME@3, NAME@3-5 or NAME%25 when it should not always hold; may be given several times.", DefaultValueFactory = _ => [] };
        var seed = new Option<int>("--seed") { Description = "Seed of nonces.", DefaultValueFactory = _ => 1 };
        var fragmentItems = new Option<int?>("--fragment-items") { Description = "Most items in one message." };
        var modelFile = new Option<FileInfo?>("--model-file") { Description = "A model file of your own, in the form of fixtures/models, instead of --model." };
        var recording = new Option<FileInfo?>("--recording") { Description = "A recording of 'lab record': the phone is that phone; model, MAC address and firmware are its own unless given." };
        var control = new Option<int>("--control-port") { Description = "Port of the REST control on 127.0.0.1, 0 for any free one.", DefaultValueFactory = _ => 8090 };
        var verb = new Command("phone", "Boots one phone.\n\nExample: simulator phone --server https://127.0.0.1:18443 --model \"OpenStage 40\" --mac 00:1A:E8:00:00:01 --address 127.20.0.1")
        {
            server, model, mac, address, firmware, quirk, seed, fragmentItems, modelFile, recording, control,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(
            () => WithRecording(parsed.GetValue(recording), new PhoneOptions
            {
                Server = Address(parsed.GetValue(server)!),
                Model = parsed.GetValue(model) ?? "",
                Mac = parsed.GetValue(mac) ?? "",
                Address = parsed.GetValue(address)!,
                Firmware = parsed.GetValue(firmware),
                Quirks = parsed.GetValue(quirk)!,
                Seed = parsed.GetValue(seed),
                FragmentItems = parsed.GetValue(fragmentItems),
                CustomModel = ReadModel(parsed.GetValue(modelFile)),
            }),
            parsed.GetValue(control), cancellation));
        return verb;
    }

    private static PhoneModel? ReadModel(FileInfo? file)
    {
        try
        {
            return file is null ? null : PhoneModels.Parse(file.Name, File.ReadAllText(file.FullName));
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException(wrong.Message, wrong);
        }
    }

    /// <summary>The options with what a recording says where they say nothing.</summary>
    private static PhoneOptions WithRecording(FileInfo? file, PhoneOptions options)
    {
        if (file is null)
            return options;
        try
        {
            var recording = RecordingFile.Parse(file.Name, File.ReadAllText(file.FullName));
            return options with
            {
                Recording = recording,
                Model = options.Model.Length > 0 ? options.Model : recording.Device.Model,
                Mac = options.Mac.Length > 0 ? options.Mac : recording.Device.Mac,
                Firmware = options.Firmware ?? recording.Device.Firmware,
            };
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException(wrong.Message, wrong);
        }
    }

    private static Command ModelsVerb()
    {
        var verb = new Command("models", "Lists the models.\n\nExample: simulator models");
        verb.SetAction(_ =>
        {
            foreach (var model in PhoneModels.All)
                Console.WriteLine($"{model.DeviceType,-15} {model.Keys.Count,2} keys  {string.Join(", ", model.Firmware)}");
        });
        return verb;
    }

    private static Command QuirksVerb()
    {
        var verb = new Command("quirks", "Lists the quirks.\n\nExample: simulator quirks");
        verb.SetAction(_ =>
        {
            foreach (var quirk in QuirkCatalogue.All)
                Console.WriteLine($"{quirk.Id}  {quirk.Name,-34} {quirk.Summary} ({quirk.Source}; {(QuirkCatalogue.CasesThatCatch(quirk).ToList() is { Count: > 0 } cases ? $"caught by {string.Join(", ", cases)}" : "no case catches it yet")})");
        });
        return verb;
    }

    /// <summary>For containers, whose image has no other program to ask with.</summary>
    private static Command HealthVerb()
    {
        var control = new Option<int>("--control-port") { Description = "Port of the REST control on 127.0.0.1.", DefaultValueFactory = _ => 8090 };
        var verb = new Command("health", "Asks running phones whether they answer: exit code 0 when they do, 3 when not.\n\nExample: simulator health --control-port 8090") { control };
        verb.SetAction(async (parsed, cancellation) =>
        {
            using var client = new HttpClient { Timeout = HealthPatience };
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{parsed.GetValue(control)}/api/phones"), cancellation);
                Console.WriteLine($"{(int)answer.StatusCode}");
                return answer.IsSuccessStatusCode ? 0 : NotHealthy;
            }
            catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or UriFormatException)
            {
                await Console.Error.WriteLineAsync($"The control port {parsed.GetValue(control)} does not answer: {silent.Message}");
                return NotHealthy;
            }
        });
        return verb;
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address
        : throw PhoneOptions.Refuse("server", text, "an https address such as https://127.0.0.1:18443");

    private static async Task<int> RunAsync(Func<PhoneOptions> read, int controlPort, CancellationToken cancellation)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            var options = read();
            var exchanges = new ControlLog(Console.WriteLine);
            await using var phone = await SimulatedPhone.StartAsync(options, TimeProvider.System, exchanges, loggers, cancellation);
            await using var control = await ControlApi.StartAsync([phone], exchanges, controlPort, cancellation);
            Introduce(options, phone, control.Url);
            var ended = new TaskCompletionSource();
            await using var registration = cancellation.Register(ended.SetResult);
            await ended.Task;
            return 0;
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return UsageError;
        }
    }

    private static void Introduce(PhoneOptions options, SimulatedPhone phone, Uri control)
    {
        Console.WriteLine($"{phone.Model.DeviceType} {phone.Firmware} {phone.Mac}");
        Console.WriteLine($"service    {options.Server}");
        Console.WriteLine($"contact-me {phone.ContactMeUri}");
        Console.WriteLine($"panel      {control}phones/{phone.Mac}");
        Console.WriteLine($"control    {control}api/phones  (description: {control}openapi/v1.json)");
    }
}
