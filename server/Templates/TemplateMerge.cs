using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>Puts the templates of one phone together: a pure function.</summary>
internal static class TemplateMerge
{
    /// <param name="templates">All there are, in any order.</param>
    /// <param name="user">Facts of the phone's user by name; empty when it has none.</param>
    /// <remarks>
    /// The deeper level counts, and of a site the one with a location; of two that are alike, the one made later.
    /// </remarks>
    public static MergedTemplate Merge(IEnumerable<ItemTemplate> templates, Device device, IReadOnlyDictionary<string, string> user) =>
        Of([.. templates.Where(template => template.IsFor(device))
            .OrderBy(template => template.Level).ThenBy(template => template.Match.Length > 0).ThenBy(template => template.Id)], device, user);

    /// <summary>Fills in the templates given, each item counting over the same of those before.</summary>
    public static MergedTemplate Of(IReadOnlyList<ItemTemplate> templates, Device device, IReadOnlyDictionary<string, string> user)
    {
        var found = new Dictionary<ItemKey, (TemplateItem Item, ItemTemplate Template)>();
        foreach (var template in templates)
        {
            foreach (var item in template.Items)
            {
                // To remove what nothing above has is no removal worth a word.
                if (!item.Remove || found.ContainsKey(item.Key))
                    found[item.Key] = (item, template);
            }
        }

        var items = new List<MergedItem>();
        var removed = new List<MergedItem>();
        var problems = new List<TemplateProblem>();
        foreach (var (item, template) in found.Values.OrderBy(pair => pair.Item.Name, StringComparer.Ordinal).ThenBy(pair => pair.Item.Index ?? -1))
        {
            if (item.Remove)
            {
                removed.Add(new MergedItem(item.Name, item.Index, "", template));
                continue;
            }

            var (value, missing) = Placeholders.Fill(item.Value, device, user);
            problems.AddRange(missing.Select(name => new TemplateProblem(item.Key.ToString(), template.Name, $"{name} has no value for this phone")));
            items.Add(new MergedItem(item.Name, item.Index, value, template));
        }

        var whole = problems.Count == 0 ? items : [];
        return new MergedTemplate
        {
            Templates = templates,
            Items = items,
            Removed = removed,
            Problems = problems,
            Warnings = [.. whole.Select(Warning).OfType<TemplateProblem>()],
        };
    }

    private static TemplateProblem? Warning(MergedItem item) => ItemCatalogue.Default.CheckWrite(item.ToItem()) is { } finding
        ? new TemplateProblem(item.Key.ToString(), item.Template.Name, TemplateCheck.Words(finding))
        : null;
}
