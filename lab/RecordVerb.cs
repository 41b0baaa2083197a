using System.CommandLine;
using System.Globalization;
using System.Net;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;

namespace OpenStage.Lab;

/// <summary><c>lab record</c>: stands between a phone and its service and writes down what they say.</summary>
internal static class RecordVerb
{
    public static Command Command()
    {
        var server = new Option<string>("--server") { Required = true, Description = "The service that the phone belongs to, such as https://10.1.2.9:18443." };
        var file = new Option<FileInfo>("--out") { Description = "The recording.", DefaultValueFactory = _ => new FileInfo("recording.json") };
        var listen = new Option<string>("--listen") { Description = "Where the phone is pointed to; an address other than loopback for a physical phone.", DefaultValueFactory = _ => "127.0.0.1:28443" };
        var contact = new Option<string>("--contact-listen") { Description = "Where the service's contact-me requests come in.", DefaultValueFactory = _ => "127.0.0.1:28085" };
        var verb = new Command("record", "Records what one phone and its service say to each other, until Ctrl-C. Secrets are masked.\n\nExample: lab record --server https://10.1.2.9:18443 --listen 10.1.2.20:28443 --contact-listen 10.1.2.20:28085 --out os40.json")
        {
            server, file, listen, contact,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(server)!, parsed.GetValue(file)!.FullName, parsed.GetValue(listen)!, parsed.GetValue(contact)!, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string server, string file, string listen, string contact, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            return Refuse($"--server '{server}' is not allowed; allowed is an https address such as https://10.1.2.9:18443.");
        if (!IPEndPoint.TryParse(listen, out var phones))
            return Refuse($"--listen '{listen}' is not allowed; allowed is an address with a port such as 127.0.0.1:28443.");
        if (!IPEndPoint.TryParse(contact, out var contacts))
            return Refuse($"--contact-listen '{contact}' is not allowed; allowed is an address with a port such as 127.0.0.1:28085.");
        try
        {
            await using var proxy = RecordingProxy.Start(new RecordingOptions { Server = address, Listen = phones, ContactListen = contacts }, TimeProvider.System, Show);
            // Now, and not after hours of recording, is the time to say that it cannot be written.
            var isNew = !File.Exists(file);
            await File.AppendAllTextAsync(file, "", cancellation);
            Console.WriteLine($"Point the phone to {proxy.Url} ; Ctrl-C ends and writes {file}.");
            var ended = new TaskCompletionSource();
            await using var registration = cancellation.Register(ended.SetResult);
            await ended.Task;
            if (proxy.Recording is not { } recording)
            {
                if (isNew)
                    File.Delete(file);
                await Console.Error.WriteLineAsync("Nothing was recorded: no phone said what it is.");
                return LabCommand.LabError;
            }

            await File.WriteAllTextAsync(file, RecordingFile.Write(recording), CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recording.Exchanges.Count} exchanges and {recording.Items.Count} items of {recording.Device.Model} {recording.Device.Mac} in {file}"));
            return LabCommand.Good;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Refuse(broken is DirectoryNotFoundException or UnauthorizedAccessException ? $"--out '{file}' cannot be written: {broken.Message}" : broken.Message);
        }
    }

    private static void Show(HttpExchange exchange) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{exchange.Offset:hh\\:mm\\:ss\\.fff} {exchange.Kind} {exchange.Method} {exchange.RequestBody.Length} bytes -> {(exchange.Status is { } status ? $"{status}, {exchange.ResponseBody.Length} bytes" : "no answer")}"));

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem);
        return LabCommand.UsageError;
    }
}
