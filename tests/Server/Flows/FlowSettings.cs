using System.Globalization;
using OpenStage.Fixtures.Transcripts;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Tests.Flows;

/// <summary>What the head of a flow and its events say about server and jobs.</summary>
internal static class FlowSettings
{
    /// <summary>Options of the server.</summary>
    public static ServerOptions Options(FlowFile flow, ServerOptions options) => options with
    {
        AdvertisedAddress = flow.Head["advertise"].FirstOrDefault(),
        SecurePort = flow.Steps.Any(step => step.Kind.StartsWith("event secure-mode", StringComparison.Ordinal)) ? 0 : null,
        PollPort = flow.Steps.Any(step => step.Kind == "phone poll") ? 0 : null,
        MaxInteractions = int.Parse(flow.Value("max-interactions", "500"), CultureInfo.InvariantCulture),
        SignAnswers = flow.Value("signed", "false") == "true",
        MaxMessageBytes = int.Parse(flow.Value("max-message-bytes", "51200"), CultureInfo.InvariantCulture),
    };

    /// <summary>What is known before the flow begins.</summary>
    public static async Task ApplyAsync(FlowFile flow, ProvisioningServer server, string mac)
    {
        foreach (var line in flow.Head["mobile-user"])
        {
            var words = line.Split(' ');
            server.MobileUsers.Save(new MobileUser
            {
                Number = words[0],
                Password = words[1],
                Profile = Items(words.Where(word => word.StartsWith("profile:", StringComparison.Ordinal)).Select(word => word[8..])),
                Data = Items(words.Where(word => word.StartsWith("data:", StringComparison.Ordinal)).Select(word => word[5..])),
            });
        }

        if (flow.Head["polling"].FirstOrDefault()?.Split(' ') is [{ } url, { } seconds])
        {
            var device = server.Devices.Get(mac) ?? new Device { Mac = mac };
            server.Devices.Save(device with { Polling = new DevicePolling(url, int.Parse(seconds, CultureInfo.InvariantCulture)) });
        }

        await server.WhenIdleAsync(RunningServer.Patience());
    }

    /// <summary>The job of an event line: kind and items, and the lines below it, such as <c>file: deploy ring.mp3 RINGTONE https://…</c>
    /// or <c>library:1</c> for the first file that was taken in.</summary>
    public static JobRequest Request(string mac, string detail, string text)
    {
        var words = detail.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(line => line.Split(':')[0], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return new JobRequest
        {
            Mac = mac,
            Kind = Enum.Parse<JobKind>(words[0]),
            Items = Items(words.Skip(1).Concat(lines["item"])),
            Files = [.. lines["file"].Select(File)],
            Software = lines["software"].Select(line => line.Split(',')).Select(parts => new SoftwareImage(parts[0], parts[1], parts[2] == "normal")).FirstOrDefault(),
            ReadBack = Items(lines["read-back"]),
            Priority = int.Parse(lines["priority"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture),
        };
    }

    private static DeploymentFile File(string line)
    {
        var words = line.Split(' ');
        var place = words.ElementAtOrDefault(3);
        return new DeploymentFile
        {
            Action = Enum.Parse<FileAction>(words[0], ignoreCase: true),
            Name = words[1],
            Type = words[2],
            File = place?.StartsWith("library:", StringComparison.Ordinal) == true ? long.Parse(place[8..], CultureInfo.InvariantCulture) : null,
            Url = place?.StartsWith("https:", StringComparison.Ordinal) == true ? place : null,
            Ftp = place?.StartsWith("ftp:", StringComparison.Ordinal) == true && new Uri(place) is var ftp
                ? new FtpLocation(ftp.Host, ftp.Port, ftp.AbsolutePath, ftp.UserInfo.Split(':')[0], ftp.UserInfo.Split(':')[1])
                : null,
        };
    }

    private static IReadOnlyList<Item> Items(IEnumerable<string> texts) => [.. texts.Select(text =>
    {
        var parts = text.Split('=', 2);
        var open = parts[0].IndexOf('[', StringComparison.Ordinal);
        var value = parts.ElementAtOrDefault(1) ?? "";
        return open < 0 ? new Item(parts[0], value) : new Item(parts[0][..open], value, int.Parse(parts[0][(open + 1)..^1], CultureInfo.InvariantCulture));
    })];
}
