using OpenStage.Protocol.Messages;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Pages.TemplatePages;

/// <summary>The form of a template: items one a line, and with a minus in front for those that are removed.</summary>
internal static class TemplateForm
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "name level match enabled items";

    public static FormInput Blank { get; } = new(new Dictionary<string, string> { ["level"] = nameof(TemplateLevel.Site), ["enabled"] = "yes" });

    public static FormInput Of(ItemTemplate template) => new(new Dictionary<string, string>
    {
        ["name"] = template.Name,
        ["level"] = template.Level.ToString(),
        ["match"] = template.Match,
        ["enabled"] = template.Enabled ? "yes" : "no",
        ["items"] = string.Join('\n', ItemTemplateView.Of(template).Items.Select(item =>
            $"{(item.Remove ? "-" : "")}{new ItemKey(item.Name, item.Index)}{(item.Remove ? "" : $" = {item.Value}")}")),
    });

    /// <exception cref="RequestException">A line is no item.</exception>
    public static NewItemTemplate Read(FormInput form) => new()
    {
        Name = form["name"],
        Level = form["level"],
        Match = form["match"],
        Enabled = form.Flag("enabled"),
        Items = [.. ItemLines.Read("items", form["items"]).Select(item => item.Name.StartsWith('-')
            ? new NewTemplateItem(item.Name[1..], null, item.Index, Remove: true)
            : new NewTemplateItem(item.Name, item.Value, item.Index))],
    };
}
