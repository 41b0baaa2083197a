using System.Text;
using System.Xml.Linq;

namespace OpenStage.Harness.Reports;

/// <summary>
/// What a service knows of the items of one phone, message by message. It is deduced from what was on the wire: values
/// that the phone tells of its own or when it is asked to read, and those of a WriteItems that it accepts, without the
/// items that its reply names as failed (WPI guide p.26, p.46).
/// </summary>
internal sealed class ItemKnowledge
{
    private readonly Dictionary<(string Name, string Index), string> known = [];
    private List<KnownItem> asked = [];

    /// <summary>Reads the next exchange of the phone.</summary>
    /// <returns>The items that the service knows otherwise after it, and those that its answer asks the phone to change.</returns>
    public (IReadOnlyList<KnownItem> Learnt, IReadOnlyList<KnownItem> Asked) Read(ExchangeEntry exchange)
    {
        if (exchange.Kind != "message")
            return ([], []);
        var told = MessageLabel.Parse(Encoding.UTF8.GetBytes(exchange.RequestBody));
        var answer = MessageLabel.Parse(Encoding.UTF8.GetBytes(exchange.ResponseBody));
        var learnt = told is null ? [] : Learn(told);
        asked = answer is not null && MessageLabel.Find(answer, "Action")?.Value.Trim() == "WriteItems"
            ? [.. Items(answer).Select(item => new KnownItem(Key(item).Name, Key(item).Index, item.Value.Trim()))]
            : [];
        return (learnt, asked);
    }

    private List<KnownItem> Learn(XElement message)
    {
        var reason = MessageLabel.Find(message, "ReasonForContact");
        var action = reason?.Attribute("action")?.Value ?? "";
        if (reason?.Value.Trim() != "reply-to" || action.StartsWith("Read", StringComparison.Ordinal))
            return Keep(Items(message).Where(item => item.Attribute("status") is null).Select(item => new KnownItem(Key(item).Name, Key(item).Index, item.Value.Trim())));
        // Case counts for nothing: flow charts of the guide write Accepted (WPI guide p.74).
        if (action != "WriteItems" || !"accepted".Equals(reason.Attribute("status")?.Value, StringComparison.OrdinalIgnoreCase))
            return [];
        var failed = Items(message).Where(item => item.Attribute("status") is not null).Select(Key).ToHashSet();
        return Keep(asked.Where(item => !failed.Contains((item.Name, item.Index))));
    }

    private List<KnownItem> Keep(IEnumerable<KnownItem> items)
    {
        var learnt = new List<KnownItem>();
        foreach (var item in items)
        {
            if (known.TryGetValue((item.Name, item.Index), out var value) && value == item.Value)
                continue;
            known[(item.Name, item.Index)] = item.Value;
            learnt.Add(item);
        }

        return learnt;
    }

    private static IEnumerable<XElement> Items(XElement message) => message.Descendants().Where(element => element.Name.LocalName == "Item");

    private static (string Name, string Index) Key(XElement item) => (item.Attribute("name")?.Value ?? "", item.Attribute("index")?.Value ?? "");
}
