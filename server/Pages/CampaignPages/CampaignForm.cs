using OpenStage.Server.Admin;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>The form of a new campaign; what a value may be is checked where campaigns of the API are.</summary>
internal static class CampaignForm
{
    /// <summary>Before the names of the fields that say what phones do.</summary>
    public const string Prefix = "content.";

    /// <summary>See <see cref="FormFields"/>.</summary>
    public static readonly string Fields = $"name {DeploymentForm.Fields(Prefix)} content.template filter.model filter.location filter.firmware filter.firmwareBefore "
        + "filter.macFrom filter.macTo filter.search rate atOnce stopAfterFailurePercent window.from window.to window.zone";

    /// <summary>The form as it is first shown.</summary>
    public static FormInput Blank { get; } = new(new Dictionary<string, string>
    {
        ["content.kind"] = nameof(JobKind.WriteItems),
        ["content.software.whenIdle"] = "yes",
        ["atOnce"] = "50",
        ["window.zone"] = "UTC",
        ["stopAfterFailurePercent"] = "20",
    });

    /// <exception cref="RequestException">A field cannot be read.</exception>
    public static NewCampaign Read(DeploymentForm content, FormInput form, Func<long, LibraryFile?> library)
    {
        var asked = content.Read(new NewJob(), library);
        return new NewCampaign
        {
            Name = form["name"],
            Content = new NewCampaignContent
            {
                Kind = asked.Kind.ToString(),
                Items = asked.Items.Count == 0 ? null : [.. asked.Items.Select(item => new NewJobItem(item.Name, item.Value, item.Index))],
                Files = asked.Files,
                Software = asked.Software,
                Template = form["content.template"] switch
                {
                    "" => false,
                    "yes" => true,
                    var other => throw new RequestException("content.template", other, "yes, or nothing"),
                },
            },
            Filter = Filter(form),
            Rate = form.Number("rate"),
            AtOnce = form.Number("atOnce"),
            StopAfterFailurePercent = form.Number("stopAfterFailurePercent"),
            Window = Window(form),
        };
    }

    /// <summary>Refuses choices that the page does not offer.</summary>
    /// <exception cref="RequestException">A value is none of the offered ones.</exception>
    public static void CheckOffered(FormInput form, string field, IReadOnlyList<string> offered)
    {
        if (form.Text(field) is { } value && !offered.Contains(value))
            throw new RequestException(field, value, offered.Count > 0 ? string.Join(", ", offered) : "nothing, for no phone has one");
    }

    /// <summary>Null for always; then the zone does not count, and must be one all the same.</summary>
    private static NewCampaignWindow? Window(FormInput form)
    {
        var zone = form["window.zone"].Trim();
        if (form["window.from"].Length > 0 || form["window.to"].Length > 0)
            return new NewCampaignWindow(form["window.from"], form["window.to"], zone);
        return zone.Length == 0 || TimeZones.Find(zone) is not null
            ? null
            : throw new RequestException("window.zone", zone, "the IANA name of a time zone, such as Europe/Berlin or UTC");
    }

    public static CampaignFilter Filter(FormInput form) => new()
    {
        Search = form.Text("filter.search"),
        Model = form.Text("filter.model"),
        Firmware = form.Text("filter.firmware"),
        FirmwareBefore = form.Text("filter.firmwareBefore"),
        Location = form.Text("filter.location"),
        MacFrom = form.Text("filter.macFrom"),
        MacTo = form.Text("filter.macTo"),
    };
}
