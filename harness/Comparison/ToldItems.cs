using System.Globalization;
using System.Net;
using System.Text;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>The items that a phone told in a run, each with the value that it told first: later ones are what cases wrote.</summary>
internal static class ToldItems
{
    public static Dictionary<(string Name, string? Index), ToldItem> Of(IEnumerable<ResultEntry> results, RunReport report, PhoneEntry phone)
    {
        var items = new Dictionary<(string, string?), ToldItem>();
        foreach (var exchange in results.SelectMany(result => result.Exchanges).Where(exchange => exchange.Kind == "message").OrderBy(exchange => exchange.OffsetMilliseconds))
        {
            var message = new WireMessage(exchange.Method, exchange.Target, [], Encoding.UTF8.GetBytes(exchange.RequestBody));
            // Replies to writes repeat names without values.
            if (message.Reason == "reply-to" && message.Action?.StartsWith("Read", StringComparison.Ordinal) != true)
                continue;
            foreach (var item in message.Items.Where(item => item.Status is null))
                items.TryAdd((item.Name, item.Index), new ToldItem(item.Text, Neutral(item.Text, phone)));
        }

        return items;
    }

    public static IReadOnlyList<ItemChange> Changes(Dictionary<(string Name, string? Index), ToldItem> before, Dictionary<(string Name, string? Index), ToldItem> after) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(key => Change(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .OfType<ItemChange>()
            .OrderBy(change => change.Kind).ThenBy(change => change.Name, StringComparer.Ordinal)
            .ThenBy(change => change.Index?.Length ?? 0).ThenBy(change => change.Index, StringComparer.Ordinal),
    ];

    /// <summary>The form of a value, as the wire knows no types: empty, boolean, number, address or text.</summary>
    internal static string TypeOf(string value) =>
        value.Length == 0 ? "empty"
        : bool.TryParse(value, out _) ? "boolean"
        : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "number"
        : value.AsSpan().IndexOfAny('.', ':') >= 0 && IPAddress.TryParse(value, out _) ? "address"
        : "text";

    private static ItemChange? Change((string Name, string? Index) key, ToldItem? before, ToldItem? after)
    {
        if (before?.Neutral == after?.Neutral)
            return null;
        var (old, now) = (before is null ? null : TypeOf(before.Value), after is null ? null : TypeOf(after.Value));
        return new ItemChange
        {
            Name = key.Name,
            Index = key.Index,
            Kind = old is null ? ItemChangeKind.Added : now is null ? ItemChangeKind.Removed
                : old != now && old != "empty" && now != "empty" ? ItemChangeKind.TypeChanged : ItemChangeKind.ValueChanged,
            Before = before?.Value,
            After = after?.Value,
            BeforeType = old,
            AfterType = now,
        };
    }

    /// <summary>The value without what is different between any two phones or runs: MAC, the phone's address, the server's port.</summary>
    internal static string Neutral(string value, PhoneEntry phone)
    {
        value = Without(value, phone.Mac, "(MAC)");
        value = Without(value, phone.Address, "(address)");
        value = Without(value, phone.Address.Split(':')[0], "(host)");
        return Uri.TryCreate(phone.ServerUrl, UriKind.Absolute, out var server) ? Without(value, server.Authority, "(server)") : value;
    }

    private static string Without(string value, string part, string word) =>
        part.Length == 0 ? value : value.Replace(part, word, StringComparison.OrdinalIgnoreCase);
}
