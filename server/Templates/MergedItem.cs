using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Templates;

/// <summary>An item as the templates of one phone give it.</summary>
/// <param name="Value">The value, its placeholders filled.</param>
/// <param name="Template">The template it is from.</param>
internal sealed record MergedItem(string Name, int? Index, string Value, ItemTemplate Template)
{
    public ItemKey Key => new(Name, Index);

    public Item ToItem() => new(Name, Value, Index);
}
