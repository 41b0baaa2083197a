using OpenStage.Protocol.Items;

namespace OpenStage.Simulator.Control;

/// <summary>An item of the catalogue, for people who choose one.</summary>
/// <param name="Index">none, optional or required: whether it is a table.</param>
/// <param name="Writable">True when it may be changed.</param>
/// <param name="Secret">True when its value is never shown.</param>
/// <param name="Allowed">What a value may be, in words.</param>
/// <param name="GuidePage">The page of the WPI guide, or null.</param>
internal sealed record CatalogueItemView(string Name, string Group, string Index, bool Writable, bool Secret, string Allowed, string Meaning, int? GuidePage)
{
    public static CatalogueItemView Of(ItemDefinition item) => new(
        item.Name, item.Group, item.Index switch { IndexRule.Required => "required", IndexRule.Optional => "optional", _ => "none" },
        item.Access is ItemAccess.ReadWrite or ItemAccess.WriteOnly, item.IsSecret, item.Allowed, item.Meaning, item.GuidePage);
}
