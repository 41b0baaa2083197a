using System.Globalization;
using OpenStage.Server.Admin;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>Reads the form of a new campaign; what a value may be is checked where campaigns of the API are.</summary>
internal static class CampaignForm
{
    /// <summary>What the form offers; deployments are made by the API.</summary>
    public static IReadOnlyList<JobKind> Kinds { get; } =
        [JobKind.WriteItems, JobKind.ReadItems, JobKind.ReadAllItems, JobKind.Restart, JobKind.Contact];

    /// <exception cref="RequestException">A field cannot be read.</exception>
    public static NewCampaign Read(FormInput form)
    {
        var items = ItemLines.Read("content.items", form["content.items"]);
        return new NewCampaign
        {
            Name = form["name"],
            Content = new NewCampaignContent
            {
                Kind = form["content.kind"],
                Items = items.Count == 0 ? null : [.. items.Select(item => new NewJobItem(item.Name, item.Value, item.Index))],
                Template = form["content.template"] == "yes",
            },
            Filter = Filter(form),
            Rate = Number(form, "rate"),
            AtOnce = Number(form, "atOnce"),
            StopAfterFailurePercent = Number(form, "stopAfterFailurePercent"),
            Window = form["window.from"].Length == 0 && form["window.to"].Length == 0
                ? null
                : new NewCampaignWindow(form["window.from"], form["window.to"], form["window.zone"].Trim()),
        };
    }

    public static CampaignFilter Filter(FormInput form) => new()
    {
        Search = Text(form, "filter.search"),
        Model = Text(form, "filter.model"),
        Firmware = Text(form, "filter.firmware"),
        FirmwareBefore = Text(form, "filter.firmwareBefore"),
        Location = Text(form, "filter.location"),
        MacFrom = Text(form, "filter.macFrom"),
        MacTo = Text(form, "filter.macTo"),
    };

    private static string? Text(FormInput form, string name) => form[name].Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(FormInput form, string name) => Text(form, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new RequestException(name, text, "a whole number");
}
