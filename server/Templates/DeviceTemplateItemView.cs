using OpenStage.Server.Admin;

namespace OpenStage.Server.Templates;

/// <summary>An item that the templates of a phone come to; secrets masked.</summary>
/// <param name="Value">The value that is sent.</param>
/// <param name="Old">What the phone has; null when that is not known.</param>
/// <param name="Comparison">How the two compare, in clear also for secrets.</param>
/// <param name="TemplateId">Number of the template it is from.</param>
/// <param name="Template">Name of that template.</param>
public sealed record DeviceTemplateItemView(
    string Name, int? Index, string Value, string? Old, ItemComparison Comparison, long TemplateId, string Template, TemplateLevel Level)
{
    internal static DeviceTemplateItemView Of(TemplateDifference difference)
    {
        var item = difference.Item;
        return new DeviceTemplateItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value),
            difference.Old is null ? null : ItemView.Masked(item.Name, difference.Old), difference.Comparison,
            item.Template.Id, item.Template.Name, item.Template.Level);
    }
}
