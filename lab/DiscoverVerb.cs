using System.CommandLine;
using System.Net;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Lab;

/// <summary><c>lab discover</c>: finds phones by contact-me and writes a lab file of them.</summary>
internal static class DiscoverVerb
{
    public static Command Command()
    {
        var range = new Argument<string>("range") { Description = "Network such as 10.1.2.0/24, two addresses such as 10.1.2.1-10.1.2.50, or one address." };
        var address = new Option<string>("--address") { Description = "This machine's address on the phones' network, which they are asked to call.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "HTTPS port that they are asked to call, 0 for any free one.", DefaultValueFactory = _ => 18443 };
        var file = new Option<FileInfo>("--out") { Description = "The lab file; must not be there yet.", DefaultValueFactory = _ => new FileInfo("lab.json") };
        var verb = new Command("discover", "Asks each address to call back, and writes a lab file of the phones that do. Nothing is changed at a phone.\n\nExample: lab discover 10.1.2.0/24 --address 10.1.2.9 --out desk.json") { range, address, port, file };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(range)!, parsed.GetValue(address)!, parsed.GetValue(port), parsed.GetValue(file)!.FullName, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string range, string address, int port, string file, CancellationToken cancellation)
    {
        if (!IPAddress.TryParse(address, out var own) || own.Equals(IPAddress.Any) || own.Equals(IPAddress.IPv6Any))
            return Refuse($"--address '{address}' is not allowed; allowed is one address of this machine such as 10.1.2.9.");
        if (port is < 0 or > 65535)
            return Refuse($"--port '{port}' is not allowed; allowed is a whole number from 0 to 65535.");
        if (File.Exists(file))
            return Refuse($"--out '{file}' is there already; give another name.");
        var server = new LabServer { Address = address, PhonePort = port };
        try
        {
            var phones = await PhoneDiscovery.FindAsync(range, server, TimeProvider.System, span => Task.Delay(span, TimeProvider.System, cancellation), cancellation);
            foreach (var phone in phones)
                Console.WriteLine($"{phone.Mac}  {phone.Model}  {string.Concat(phone.FirmwareAllowed)}  {phone.Address}");
            if (phones.Count == 0)
            {
                await Console.Error.WriteLineAsync($"No phone in {range} called {address}. 'lab doctor' checks this machine; phones ignore a contact-me within their contact gap (300 s by default).");
                return LabCommand.LabError;
            }

            await File.WriteAllTextAsync(file, PhoneDiscovery.Write(phones, server), cancellation);
            Console.WriteLine($"{phones.Count} phones in {file}. Fill in owner and consent before a run.");
            return LabCommand.Good;
        }
        catch (FormatException wrong)
        {
            return Refuse(wrong.Message);
        }
        catch (LabErrorException broken)
        {
            await Console.Error.WriteLineAsync(broken.Message);
            return LabCommand.LabError;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Refuse($"--out '{file}' cannot be written: {broken.Message}");
        }
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem);
        return LabCommand.UsageError;
    }
}
