using OpenStage.Server.Description;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Templates;

/// <summary>An item of a template as it is asked for.</summary>
/// <param name="Name">Name of the item, 1 to 255 characters.</param>
/// <param name="Value">Value with placeholders such as {{device.e164}}; {{{{ stands for two braces. Of a secret that is stored already, *** keeps it.</param>
/// <param name="Index">Number of the instance, for tables.</param>
/// <param name="Remove">True when the item of a template above shall not be sent; it has no value then.</param>
public sealed record NewTemplateItem(
    [property: Allowed(IsNeeded = true, Shortest = 1, Longest = 255)] string? Name,
    [property: Allowed(Longest = ItemListCheck.LongestValue)] string? Value = null,
    [property: Allowed(Least = 0)] int? Index = null,
    bool Remove = false);
