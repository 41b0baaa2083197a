using System.Globalization;
using OpenStage.Server.Devices;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What the address of the list of phones asks for.</summary>
public sealed record PhoneQuery
{
    public string? Search { get; init; }

    public string? Model { get; init; }

    public string? Firmware { get; init; }

    public string? Location { get; init; }

    public PhoneState? State { get; init; }

    public DeviceOrder Sort { get; init; }

    public bool Descending { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>True when not all phones are asked for.</summary>
    public bool IsNarrowed => Search is not null || Model is not null || Firmware is not null || Location is not null || State is not null;

    internal static PhoneQuery Of(HttpContext context) => new()
    {
        Search = PageRequest.Text(context, "q"),
        Model = PageRequest.Text(context, "model"),
        Firmware = PageRequest.Text(context, "firmware"),
        Location = PageRequest.Text(context, "location"),
        State = PageRequest.OneOf<PhoneState>(context, "state"),
        Sort = PageRequest.OneOf<DeviceOrder>(context, "sort") ?? DeviceOrder.Mac,
        Descending = PageRequest.Text(context, "dir") switch
        {
            null or "asc" => false,
            "desc" => true,
            var other => throw new RequestException("dir", other, "asc or desc"),
        },
        Page = PageRequest.Page(context),
    };

    public DeviceFilter Filter() => new()
    {
        Search = Search,
        Model = Model,
        Firmware = Firmware,
        Location = Location,
        Unreachable = State switch { PhoneState.Unreachable => true, PhoneState.Idle => false, _ => null },
        HasOpenJobs = State switch { PhoneState.Working => true, PhoneState.Idle => false, _ => null },
        Order = Sort,
        Descending = Descending,
    };

    public string Link() => PageRequest.Link("/phones", ("q", Search), ("model", Model), ("firmware", Firmware), ("location", Location),
        ("state", State?.ToString().ToLowerInvariant()), ("sort", Sort == DeviceOrder.Mac ? null : Sort.ToString().ToLowerInvariant()),
        ("dir", Descending ? "desc" : null), ("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The address with another order; a second time the other way round.</summary>
    public string LinkSorted(DeviceOrder by) => (this with { Sort = by, Descending = Sort == by && !Descending, Page = 1 }).Link();
}
