using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Templates;

/// <summary>One item of a template.</summary>
/// <param name="Value">Value with placeholders such as <c>{{device.e164}}</c>.</param>
/// <param name="Remove">True when the item of a template above shall not be sent.</param>
public sealed record TemplateItem(string Name, int? Index, string Value, bool Remove)
{
    internal ItemKey Key => new(Name, Index);
}
