using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Polling;

/// <summary>How phones are told to poll.</summary>
internal sealed class PollingEndpoints(ProvisioningServer server)
{
    private const int LongestUrl = 255;

    private const string MacDescription = "MAC address, with colons, dashes or neither";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/devices/{mac}/polling").WithTags("devices");
        group.MapPut("", SetAsync).Described("setPolling", "Has a phone poll, because contact-me cannot reach it; answers with the job that tells it", 404, 409)
            .Produces<JobView>().Example("""{"url":"http://10.1.2.9:8081/dcmp/","intervalSeconds":60}""");
        group.MapDelete("", EndAsync).Described("endPolling", "Has a phone poll no more; answers with the job that tells it", 400, 404, 409)
            .Produces<JobView>();
    }

    /// <exception cref="RequestException">The phone is not known, or a value is not allowed.</exception>
    public async Task<Ok<JobView>> SetAsync([Description(MacDescription), Allowed(Example = MacAddress.Example)] string mac, NewPolling asked)
    {
        var known = Asked.Mac("mac", mac);
        var polling = Check(asked);
        return await TellAsync(mac, known, device => device with { Polling = polling }, polling);
    }

    /// <exception cref="RequestException">The phone is not known, or was not told to poll.</exception>
    public Task<Ok<JobView>> EndAsync([Description(MacDescription), Allowed(Example = MacAddress.Example)] string mac) => TellAsync(mac, Asked.Mac("mac", mac), device => device.Polling is null
        ? throw RequestException.NotFound("mac", mac, "the MAC address of a phone that was told to poll")
        : device with { Polling = null, LastPoll = null }, null);

    private async Task<Ok<JobView>> TellAsync(string asked, string mac, Func<Device, Device> change, DevicePolling? polling)
    {
        // The phone is told again at each start-up, so a server that dies between the two has lost nothing for good.
        var interval = polling is null ? [] : new[] { new Item("dcmp-interval", polling.IntervalSeconds.ToString(CultureInfo.InvariantCulture)) };
        var job = await server.Jobs.CreateAsync(new JobRequest
        {
            Mac = mac,
            Kind = JobKind.WriteItems,
            Items = [new Item("dcmp-url", polling?.Url ?? ""), .. interval],
        }, session => session.Save(change(session.Device(mac) ?? throw NoDevice(asked))));
        return TypedResults.Ok(JobView.Of(job));
    }

    private static DevicePolling Check(NewPolling asked)
    {
        var text = asked.Url?.Trim() ?? "";
        if (text.Length is 0 or >= LongestUrl || !text.All(letter => letter is > ' ' and < '\x7f')
            || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || text.AsSpan().ContainsAny("?#"))
        {
            throw new RequestException("url", text, string.Create(CultureInfo.InvariantCulture,
                $"an http or https address without query, of less than {LongestUrl} characters, such as http://10.1.2.9:8081/dcmp/"));
        }

        if (asked.IntervalSeconds is not (>= 10 and <= 86_400))
            throw new RequestException("intervalSeconds", asked.IntervalSeconds?.ToString(CultureInfo.InvariantCulture) ?? "", "10 to 86400");
        // Phones put contact-me right behind it (p.15).
        return new DevicePolling(text.EndsWith('/') ? text : $"{text}/", asked.IntervalSeconds.Value);
    }

    private static RequestException NoDevice(string mac) =>
        RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/devices");
}
