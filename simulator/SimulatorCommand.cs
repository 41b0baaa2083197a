using System.CommandLine;
using OpenStage.Simulator.Control;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator;

/// <summary>The command line of the simulator.</summary>
internal static class SimulatorCommand
{
    private const int UsageError = 2;

    /// <returns>0 when all went well, 2 when the command line cannot be used.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("Emulated OpenStage phones.") { PhoneVerb(), ModelsVerb(), QuirksVerb() };
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
        var model = new Option<string>("--model") { Required = true, Description = "Device type, such as \"OpenStage 40\"; 'simulator models' lists them." };
        var mac = new Option<string>("--mac") { Required = true, Description = "MAC address, such as 00:1A:E8:00:00:01." };
        var address = new Option<string>("--address") { DefaultValueFactory = _ => "127.20.0.1", Description = "The phone's own loopback address." };
        var firmware = new Option<string?>("--firmware") { Description = "Such as \"V3 R3.24.0\"; the model's newest without it." };
        var quirk = new Option<string[]>("--quirk") { Description = "A quirk to wear; may be given several times.", DefaultValueFactory = _ => [] };
        var seed = new Option<int>("--seed") { Description = "Seed of nonces.", DefaultValueFactory = _ => 1 };
        var fragmentItems = new Option<int?>("--fragment-items") { Description = "Most items in one message." };
        var control = new Option<int>("--control-port") { Description = "Port of the REST control on 127.0.0.1, 0 for any free one.", DefaultValueFactory = _ => 8090 };
        var verb = new Command("phone", "Boots one phone.\n\nExample: simulator phone --server https://127.0.0.1:18443 --model \"OpenStage 40\" --mac 00:1A:E8:00:00:01 --address 127.20.0.1")
        {
            server, model, mac, address, firmware, quirk, seed, fragmentItems, control,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(
            () => new PhoneOptions
            {
                Server = Address(parsed.GetValue(server)!),
                Model = parsed.GetValue(model)!,
                Mac = parsed.GetValue(mac)!,
                Address = parsed.GetValue(address)!,
                Firmware = parsed.GetValue(firmware),
                Quirks = parsed.GetValue(quirk)!,
                Seed = parsed.GetValue(seed),
                FragmentItems = parsed.GetValue(fragmentItems),
            },
            parsed.GetValue(control), cancellation));
        return verb;
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
                Console.WriteLine($"{quirk.Id}  {quirk.Name,-34} {quirk.Summary} ({quirk.Source})");
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
            Console.WriteLine($"{options.Model} {phone.Firmware} {phone.Mac}");
            Console.WriteLine($"service    {options.Server}");
            Console.WriteLine($"contact-me {phone.ContactMeUri}");
            Console.WriteLine($"panel      {control.Url}phones/{phone.Mac}");
            Console.WriteLine($"control    {control.Url}api/phones  (description: {control.Url}openapi/v1.json)");
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
}
