using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Quirks;

/// <summary>Quirks of single items and attributes, and of what is made of values.</summary>
public static partial class QuirkCatalogue
{
    private static void FormQuirks()
    {
        Value("related-software-type-wrong", "names another related software type", "WPI guide p.35", "related-software-type", _ => "Siemens HFA");
        Value("related-version-malformed", "writes its related version as 3.5", "WPI guide p.33", "related-software-version", _ => "3.5");
        Value("related-device-type-wrong", "names a related device of another line", "WPI guide p.35", "related-device-type", _ => "optiPoint 410");
        Value("changed-flag-in-words", "writes yes and no for configuration-changed-flag", "WPI guide p.34", "configuration-changed-flag", value => value == "true" ? "yes" : "no");
        First("part-number-missing", "leaves part-number out of first messages", "WPI guide p.33", "part-number");
        First("mobility-flag-missing", "leaves mobility-enabled out of first messages", "WPI guide p.33", "mobility-enabled");
        First("mobility-state-missing", "leaves sip-mobility-state out of first messages", "WPI guide p.33", "sip-mobility-state");
        First("basic-e164-missing", "leaves basic-e164 out of first messages", "WPI guide p.33", "basic-e164");
        First("gigabit-flag-missing", "leaves gigabit-ethernet-enabled out of first messages", "WPI guide p.40", "gigabit-ethernet-enabled");
        Value("contact-me-path-wrong", "gives another path for contact-me", "WPI guide p.14", "contact-me-uri", value => value.Replace("contact_dls.html", "contact.html", StringComparison.Ordinal));
        Value("mac-with-hyphens", "writes its MAC address with hyphens", "WPI guide p.33", "mac-addr", value => value.Replace(':', '-'));
        Message("e164-never-changes", "gives the number it came with in first messages", "WPI guide p.27", m => m.IsInitiating ? m with { Items = Rewriting.Each(m.Items, item => item.Name == "e164" ? item with { Value = "1" } : item) } : m);
        Text("item-without-name", "leaves the name of sntp-addr out", "WPI guide p.26", text => text.Replace("<Item name=\"sntp-addr\"", "<Item", StringComparison.Ordinal));
        Text("index-in-words", "writes the index 1 as one", "WPI guide p.26", text => text.Replace(" index=\"1\"", " index=\"one\"", StringComparison.Ordinal));
        Text("max-items-in-words", "writes maxItems as unlimited", "WPI guide p.28", text => text.Replace("maxItems=\"-1\"", "maxItems=\"unlimited\"", StringComparison.Ordinal));
        Text("fragment-mark-misspelt", "marks the last fragment last", "WPI guide p.29", text => text.Replace("fragment=\"final\"", "fragment=\"last\"", StringComparison.Ordinal));
        Message("fragment-mark-on-first-messages", "marks first messages as fragments", "WPI guide p.33", m => m.IsInitiating ? m with { Fragment = FragmentMark.Final } : m);
        Text("action-on-first-messages", "gives first messages action and status", "WPI guide p.29", text => text.Replace("<ReasonForContact>", "<ReasonForContact action=\"ReadItems\" status=\"accepted\">", StringComparison.Ordinal));
        Store("indexes-share-a-value", "stores every index under 1", "WPI guide p.26", item => item.Index is null ? item : item with { Index = 1 });
        Store("quotes-dropped", "stores values without quotes", "WPI guide p.30", item => item with { Value = item.Value.Replace("\"", "", StringComparison.Ordinal) });
        Store("empty-value-ignored", "does not empty items", "WPI guide p.46", item => item.Value.Length == 0 ? null : item);
        Store("spaces-collapsed", "stores several spaces as one", "WPI guide p.46", item => item with { Value = string.Join(' ', item.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) });
        Store("third-item-dropped", "does not store the item reg-ttl", "WPI guide p.46", item => item.Name == "reg-ttl" ? null : item);
        Add("changed-flag-for-ever", "always says that its configuration was changed", "WPI guide p.34", b => b with { ReportsChangeForEver = true });
    }

    private static void ReplyQuirks()
    {
        Reply("reads-refused", "answers ReadItems failed", "WPI guide p.45", "ReadItems", m => m with { Status = ReplyStatus.Failed });
        Reply("read-all-refused", "answers ReadAllItems failed", "WPI guide p.34", "ReadAllItems", m => m with { Status = ReplyStatus.Failed });
        Reply("fragments-without-status", "gives the last fragment no status", "WPI guide p.70", "ReadAllItems", m => m.Fragment == FragmentMark.Final ? m with { Status = ReplyStatus.None } : m);
        Reply("empty-fragment", "sends the last fragment without items", "WPI guide p.70", "ReadAllItems", m => m.Fragment == FragmentMark.Final ? m with { Items = [] } : m);
        Reply("next-fragment-out-of-turn", "accepts GetNextFragment when nothing is left", "made up", "GetNextFragment", m => m with { Status = ReplyStatus.Accepted });
        Reply("failed-items-without-index", "lists failed items without index", "WPI guide p.81", "WriteItems", m => m with { Items = Rewriting.Each(m.Items, item => item with { Index = null }) });
        Reply("first-failed-item-only", "lists the first failed item alone", "WPI guide p.81", "WriteItems", m => m with { Items = m.Items is null ? null : [.. m.Items.Take(1)] });
        Reply("unknown-items-read-as-empty", "reads items that do not exist as empty", "made up", "ReadItems", m => m with { Items = Rewriting.Each(m.Items, item => item with { Status = ItemStatus.None }) });
        Message("clean-up-without-reason", "sends clean-up without cleanup-reason", "WPI guide p.83", m => m.Reason == ContactReason.CleanUp ? m with { Items = [.. (m.Items ?? []).Where(item => item.Name != "cleanup-reason")] } : m);
        Post("host-wrong", "names another host in the Host header", "WPI guide p.12", post => post with { Headers = Replace(post.Headers, "Host", "phone.invalid") });
        Post("other-path", "posts to the path of the guide's example", "WPI guide p.14", post => post with { Server = new UriBuilder(post.Server) { Path = "/provisioningService" }.Uri });
        Add("connection-kept-after-clean-up", "keeps the connection after CleanUp", "WPI guide p.31", b => b with { KeepsConnection = true });
        Add("factory-reset-without-password", "takes any password for a factory reset", "made up", b => b with { ResetsWithoutPassword = true });
    }

    private static void Store(string name, string summary, string source, Func<Item, Item?> change) =>
        Add(name, summary, source, b => b with { Stores = b.Stores.Add(change) });
}
