using System.Globalization;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.JobPages;

/// <summary>What the address of the list of jobs asks for.</summary>
public sealed record JobQuery
{
    /// <summary>A state of jobs, or <c>open</c> or <c>over</c>.</summary>
    public string? State { get; init; }

    public JobKind? Kind { get; init; }

    /// <summary>MAC address in normal form.</summary>
    public string? Mac { get; init; }

    public int Page { get; init; } = 1;

    public bool IsNarrowed => State is not null || Kind is not null || Mac is not null;

    internal static JobQuery Of(HttpContext context)
    {
        var state = PageRequest.Text(context, "state")?.ToLowerInvariant();
        var mac = PageRequest.Text(context, "mac");
        return new JobQuery
        {
            State = state is null or "open" or "over" ? state : PageRequest.OneOf<JobState>(context, "state").ToString(),
            Kind = PageRequest.OneOf<JobKind>(context, "kind"),
            Mac = mac is null ? null
                : MacAddress.TryNormalise(mac, out var normal) ? normal
                : throw new RequestException("mac", mac, "a MAC address such as 00:1A:E8:00:00:01"),
            Page = PageRequest.Page(context),
        };
    }

    public JobFilter Filter() => new()
    {
        Mac = Mac,
        Kind = Kind,
        IsOver = State switch { "open" => false, "over" => true, _ => null },
        State = Enum.TryParse<JobState>(State, out var state) ? state : null,
    };

    public string Link() => PageRequest.Link("/jobs", ("state", State), ("kind", Kind?.ToString()), ("mac", Mac),
        ("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture)));
}
