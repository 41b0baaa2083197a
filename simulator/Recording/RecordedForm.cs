using System.Text;
using System.Text.RegularExpressions;

namespace OpenStage.Simulator.Recording;

/// <summary>
/// The way a recorded phone writes XML, whatever it says: prolog and root, white space between elements, order and
/// presence of attributes, empty elements, spelling of statuses. It is put on messages that the recording does not have.
/// </summary>
internal sealed partial class RecordedForm
{
    private readonly Sample? first;
    private readonly Sample? reply;
    private readonly Sample? withItems;
    private readonly string emptyList;
    private readonly string emptyItem;
    private readonly bool indexFirst;
    private readonly IReadOnlyDictionary<string, string> statuses;

    /// <param name="texts">Messages of the recorded phone in their order.</param>
    public RecordedForm(IReadOnlyList<string> texts)
    {
        var samples = texts.Select(Sample.Of).OfType<Sample>().ToList();
        first = samples.Find(sample => !sample.IsReply);
        reply = samples.Find(sample => sample.IsReply);
        withItems = samples.Find(sample => sample.Items.Count > 0);
        emptyList = samples.Select(sample => sample.EmptyList).FirstOrDefault(list => list.Length > 0, "<ItemList/>");
        var items = samples.SelectMany(sample => sample.Items).ToList();
        emptyItem = items.Select(item => item.Groups["end"].Value is { Length: > 0 } end ? end : item.Groups["value"].Value.Length == 0 ? "></Item>" : "").FirstOrDefault(end => end.Length > 0, "></Item>");
        indexFirst = items.Select(item => item.Groups["attributes"].Value).FirstOrDefault(text => text.Contains("index", StringComparison.Ordinal)) is { } indexed
            && indexed.IndexOf("index", StringComparison.Ordinal) < indexed.IndexOf("name", StringComparison.Ordinal);
        statuses = samples.Select(sample => sample.Reason.GetValueOrDefault("status", "")).Where(status => status.Length > 0)
            .DistinctBy(status => status.ToLowerInvariant()).ToDictionary(status => status.ToLowerInvariant(), status => status);
    }

    /// <summary>The message in this form; as it is when the recording shows none.</summary>
    public string Put(string text)
    {
        if (Sample.Of(text) is not { } message || (message.IsReply ? reply ?? first : first ?? reply) is not { } model)
            return text;
        var attributes = Ordered(message.Message, model.Message, drop: message.IsReply == model.IsReply);
        var reason = Ordered(Spelled(message.Reason), model.Reason, drop: false);
        if (message.Message.TryGetValue("fragment", out var fragment) && model.Reason.ContainsKey("fragment"))
            reason["fragment"] = fragment;
        // Whatever the habit: without this mark the service would take a part for the whole.
        else if (fragment == "next")
            attributes["fragment"] = fragment;
        var list = model.HasList ? model : withItems ?? model;
        var written = new StringBuilder(text.Length).Append(model.Head).Append("<Message").Append(Attributes(attributes)).Append('>')
            .Append(model.BeforeReason).Append("<ReasonForContact").Append(Attributes(reason)).Append('>')
            .Append(model.ReasonLead).Append(message.ReasonText).Append(model.ReasonTrail).Append("</ReasonForContact>");
        if (!message.HasList)
            return written.Append(model.HasList ? model.BeforeEnd : model.BeforeList).Append(model.Tail).ToString();
        written.Append(list.BeforeList);
        AppendItems(written, message);
        return written.Append(list.BeforeEnd).Append(model.Tail).ToString();
    }

    private void AppendItems(StringBuilder written, Sample message)
    {
        if (message.Items.Count == 0)
        {
            written.Append(emptyList);
            return;
        }

        written.Append("<ItemList>");
        foreach (var item in message.Items)
        {
            var value = item.Groups["value"].Value;
            written.Append(withItems?.BeforeItem ?? "\n").Append("<Item").Append(Attributes(ItemAttributes(item))).Append(value.Length > 0 ? $">{value}</Item>" : emptyItem);
        }

        written.Append(withItems?.AfterItems ?? "\n").Append("</ItemList>");
    }

    private Dictionary<string, string> ItemAttributes(Match item)
    {
        var attributes = Read(item.Groups["attributes"].Value);
        return indexFirst && attributes.TryGetValue("index", out var index)
            ? new Dictionary<string, string>(attributes.Where(attribute => attribute.Key != "index").Prepend(new("index", index)))
            : attributes;
    }

    private Dictionary<string, string> Spelled(Dictionary<string, string> reason)
    {
        if (!reason.TryGetValue("status", out var status) || statuses.Count == 0)
            return reason;
        var capitals = statuses.Values.All(known => char.IsAsciiLetterUpper(known[0]));
        return new Dictionary<string, string>(reason)
        {
            ["status"] = statuses.GetValueOrDefault(status.ToLowerInvariant(), capitals ? char.ToUpperInvariant(status[0]) + status[1..] : status),
        };
    }

    /// <summary>The attributes in the model's order; with drop, those and only those that the model has.</summary>
    private static Dictionary<string, string> Ordered(Dictionary<string, string> own, Dictionary<string, string> model, bool drop)
    {
        var ordered = new Dictionary<string, string>();
        foreach (var (name, value) in model)
        {
            if (own.TryGetValue(name, out var mine))
                ordered[name] = mine;
            else if (drop)
                ordered[name] = value;
        }

        foreach (var (name, value) in own.Where(attribute => !drop && !model.ContainsKey(attribute.Key)))
            ordered[name] = value;
        return ordered;
    }

    private static string Attributes(Dictionary<string, string> attributes) => string.Concat(attributes.Select(attribute => $" {attribute.Key}=\"{attribute.Value}\""));

    private static Dictionary<string, string> Read(string attributes)
    {
        var read = new Dictionary<string, string>();
        foreach (Match match in Attribute().Matches(attributes))
            read.TryAdd(match.Groups["name"].Value, match.Groups["value"].Value);
        return read;
    }

    /// <summary>A message taken to pieces; null when it has not the pieces that every message has.</summary>
    private sealed record Sample(
        string Head, Dictionary<string, string> Message, string BeforeReason, Dictionary<string, string> Reason, string ReasonLead, string ReasonText, string ReasonTrail,
        string BeforeList, bool HasList, string EmptyList, string BeforeItem, IReadOnlyList<Match> Items, string AfterItems, string BeforeEnd, string Tail)
    {
        public bool IsReply => ReasonText == "reply-to";

        public static Sample? Of(string text)
        {
            var match = Whole().Match(text);
            if (!match.Success)
                return null;
            string Part(string name) => match.Groups[name].Value;
            var (reason, list) = (Part("text"), match.Groups["list"]);
            var items = Item().Matches(list.Value);
            var (start, end) = (reason.Length - reason.TrimStart().Length, reason.TrimEnd().Length);
            var after = items.Count == 0 ? "" : list.Value[(items[^1].Index + items[^1].Length)..];
            return new Sample(
                Part("head"), Read(Part("message")), Part("beforeReason"), Read(Part("reason")), reason[..start], reason[start..Math.Max(start, end)], reason[Math.Max(start, end)..],
                Part("beforeList"), list.Success || match.Groups["empty"].Success, list.Success && items.Count == 0 ? $"<ItemList>{list.Value}</ItemList>" : Part("empty"),
                items.Count == 0 ? "" : items[0].Groups["before"].Value, items, after, Part("beforeEnd"), Part("tail"));
        }
    }

    [GeneratedRegex("""
        ^(?<head>.*?)<Message(?<message>\s[^>]*)>(?<beforeReason>\s*)<ReasonForContact(?<reason>[^>]*)>(?<text>[^<]*)</ReasonForContact>(?<beforeList>\s*)
        ((?<empty><ItemList\s*/>)|<ItemList\s*>(?<list>.*?)</ItemList>)?(?<beforeEnd>\s*)(?<tail></Message>.*)$
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Whole();

    [GeneratedRegex("""(?<before>\s*)<Item(?<attributes>\s[^>]*?)((?<end>\s*/>)|>(?<value>[^<]*)</Item>)""")]
    private static partial Regex Item();

    [GeneratedRegex("""(?<name>[\w:.-]+)\s*=\s*["'](?<value>[^"']*)["']""")]
    private static partial Regex Attribute();
}
