using System.Collections.Immutable;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Quirks;

/// <summary>All quirks that an emulated phone can wear.</summary>
public static partial class QuirkCatalogue
{
    private static readonly List<Quirk> Catalogue = [];
    private static readonly Lazy<ILookup<string, string>> Caught = new(ReadCaught);

    static QuirkCatalogue()
    {
        MessageQuirks();
        ItemQuirks();
        FragmentQuirks();
        CallQuirks();
        ContactMeQuirks();
        FlowQuirks();
        WireQuirks();
        DeploymentQuirks();
        FormQuirks();
        ReplyQuirks();
        UnderstandingQuirks();
        ContactMeRequestQuirks();
        FileQuirks();
        PollQuirks();
        SecureModeQuirks();
    }

    /// <summary>The quirks in the order of their ids.</summary>
    public static IReadOnlyList<Quirk> All => Catalogue;

    /// <summary>Ids of the conformance cases that catch a quirk; none when the suite is blind for it.</summary>
    public static IEnumerable<string> CasesThatCatch(Quirk quirk) => Caught.Value[quirk.Name];

    /// <summary>The quirk of this name or id, or null.</summary>
    public static Quirk? Find(string name) => Catalogue.Find(quirk => quirk.Name == name || quirk.Id == name);

    private static ILookup<string, string> ReadCaught()
    {
        using var reader = new StreamReader(typeof(QuirkCatalogue).Assembly.GetManifestResourceStream("caught-by.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).ToLookup(parts => parts[0], parts => parts[1]);
    }

    private static void MessageQuirks()
    {
        Add("nonce-constant", "uses one nonce for all messages", "WPI guide p.28", b => b with { ConstantNonce = true });
        Text("nonce-missing", "sends no nonce", "WPI guide p.28", text => Rewriting.WithoutAttribute(text, "nonce"));
        Message("nonce-lower-case", "writes the nonce in lower case", "WPI guide p.33", m => m with { Nonce = m.Nonce.ToLowerInvariant() });
        Post("reply-without-cookie", "presents no cookie", "WPI guide p.28", post => post with { Headers = post.Headers.RemoveAll(header => header.Name == "Cookie") });
        Add("cookie-with-attributes", "sends the cookie back with path and flags", "field: CP210", b => b with { ReturnsCookieAttributes = true });
        First("no-mac-in-start-up", "leaves mac-addr out of first messages", "WPI guide p.27", "mac-addr");
        First("no-contact-me-uri", "leaves contact-me-uri out of first messages", "WPI guide p.27", "contact-me-uri");
        First("no-e164", "leaves e164 out of first messages", "WPI guide p.27", "e164");
        First("start-up-items-missing", "leaves related-device-type out of first messages", "WPI guide p.35", "related-device-type");
        Message("max-items-missing", "sends no maxItems", "WPI guide p.28", m => m with { MaxItems = null });
        Text("wrong-root", "writes the root as WorkpointMsg", "WPI guide p.27", text => text.Replace("WorkpointMessage", "WorkpointMsg", StringComparison.Ordinal));
        Text("wrong-namespace", "writes another namespace", "WPI guide p.33", text => text.Replace("xmlns=\"http://www.siemens.com/DLS\"", "xmlns=\"http://www.siemens.com/dls\"", StringComparison.Ordinal));
        Text("message-twice", "writes the Message element twice", "WPI guide p.27", Rewriting.DoubleMessage);
        Message("reason-misspelt", "writes start_up", "WPI guide p.28", m => m.Reason == ContactReason.StartUp ? m with { ReasonText = "start_up" } : m);
        Reply("action-attribute-missing", "does not say which action a reply answers", "WPI guide p.29", null, m => m with { Action = null });
        Reply("reply-to-wrong-action", "names another action in replies", "WPI guide p.29", null, m => m with { Action = "Restart" });
        Reply("status-missing", "replies without status", "WPI guide p.29", null, m => m with { Status = ReplyStatus.None });
        Reply("reply-status-missing-on-read", "replies to ReadItems without status", "WPI guide p.29", "ReadItems", m => m with { Status = ReplyStatus.None });
        Reply("status-upper-case", "writes Accepted and Busy", "field; WPI guide p.74 prints it so", null, m => m with { StatusText = Rewriting.Capital(Wording.Of(m.Status)) });
        Post("get-method", "sends messages as PUT", "WPI guide p.14", post => post with { Method = "PUT" });
        Post("content-type-json", "calls its messages application/json", "WPI guide p.14", post => post with { Headers = Replace(post.Headers, "Content-Type", "application/json") });
        Post("connection-close", "closes the connection after every message", "field: CP210", post => post with { Headers = post.Headers.Add(new HttpHeader("Connection", "close")), Delivery = post.Delivery with { CloseAfter = true } });
    }

    private static void ItemQuirks()
    {
        Value("mac-lower-case", "writes its MAC address in lower case", "WPI guide p.33", "mac-addr", value => value.ToLowerInvariant());
        Value("device-type-wrong", "names another device type", "WPI guide p.35", "device-type", _ => "OpenStage 10");
        Value("software-type-wrong", "names another software type", "WPI guide p.35", "software-type", _ => "Siemens HFA");
        Value("version-malformed", "writes its version as 3.5", "WPI guide p.40", "software-version", _ => "3.5");
        Message("item-status-misspelt", "writes item statuses with hyphens", "WPI guide p.26", m => m with { Items = Rewriting.Each(m.Items, item => item.Status == ItemStatus.None ? item : item with { StatusText = Wording.Of(item.Status).Replace(' ', '-') }) });
        Reply("failed-items-unreported", "lists no failed items", "WPI guide p.78", "WriteItems", m => m with { Items = m.Items is null ? null : [] });
        Add("failed-items-with-value", "lists failed items with their value", "WPI guide p.78", b => b with { ReportsFailedValues = true });
        Add("all-items-in-write-reply", "lists every item it was given", "WPI guide p.48", b => b with { ReportsAllWrittenItems = true });
        Reply("failed-item-fails-reply", "fails a whole WriteItems for one item", "WPI guide p.78", "WriteItems", m => m.Items is { Count: > 0 } ? m with { Status = ReplyStatus.Failed } : m);
        Add("unknown-item-accepted", "takes items that do not exist", "WPI guide p.78", b => b with { AcceptsUnknownItems = true });
        Add("read-only-accepted", "takes writes of read-only items", "WPI guide p.83", b => b with { AcceptsReadOnlyItems = true });
        Add("write-not-stored", "accepts writes and forgets them", "WPI guide p.30", b => b with { ForgetsWrites = true });
        Add("umlauts-broken", "stores a question mark for every letter beyond ASCII", "WPI guide p.30", b => b with { StoresAsciiOnly = true });
        Reply("read-wrong-value", "reads values with a letter too many", "WPI guide p.30", "ReadItems", m => m with { Items = Rewriting.Each(m.Items, item => item with { Value = item.Value + "x" }) });
        Reply("read-items-extra", "delivers items that nobody asked for", "WPI guide p.30", "ReadItems", m => m with { Items = [.. m.Items ?? [], new Item("device-type", "OpenStage 10")] });
        Reply("read-items-missing", "leaves out the last item asked for", "WPI guide p.30", "ReadItems", m => m with { Items = [.. (m.Items ?? []).SkipLast(1)] });
        Reply("read-all-incomplete", "leaves its MAC address out of the whole set", "WPI guide p.30", "ReadAllItems", m => m with { Items = [.. (m.Items ?? []).Where(item => item.Name != "mac-addr")] });
        Reply("read-all-with-certificates", "delivers a certificate in the whole set", "WPI guide p.30", "ReadAllItems", m => m with { Items = [.. m.Items ?? [], new Item("wbm-server-certificate", "MIIC")] });
        Reply("index-dropped", "reads indexed items without index", "WPI guide p.26", "ReadItems", m => m with { Items = Rewriting.Each(m.Items, item => item with { Index = null }) });
    }

    private static void FragmentQuirks()
    {
        Message("no-fragment-mark", "marks no fragments", "WPI guide p.70", m => m with { Fragment = FragmentMark.None });
        Message("fragment-on-reason", "marks fragments on ReasonForContact", "WPI guide p.29", m => m with { Fragment = FragmentMark.None, ReasonFragment = m.Fragment });
        Message("final-fragment-missing", "marks the last fragment next", "WPI guide p.70", m => m.Action is "ReadAllItems" or "GetNextFragment" && m.Fragment == FragmentMark.Final ? m with { Fragment = FragmentMark.Next } : m);
        Add("fragment-item-lost", "loses an item of each fragment, another one each time", "WPI guide p.70", b => b with { LosesFragmentItems = true });
        Add("next-fragment-new-message", "sends the first fragment twice", "WPI guide p.70", b => b with { RestartsFragments = true });
        Add("oversized-message", "sends the whole set in one message beyond 50 kB", "WPI guide p.69", b => b with { NeverFragments = true, Texts = b.Texts.Add(Rewriting.PadReply) });
    }

    private static void CallQuirks()
    {
        Add("not-busy-in-call", "takes writes in a call", "WPI guide p.46", b => b with { Busy = BusyBehaviour.Accepts });
        Add("busy-as-failed", "answers failed instead of busy", "WPI guide p.46", b => b with { Busy = BusyBehaviour.Failed });
        Add("busy-with-items", "adds an ItemList to busy replies", "WPI guide p.46", b => b with { Busy = BusyBehaviour.WithItemList });
        Add("busy-applies-write", "answers busy and writes all the same", "WPI guide p.46", b => b with { Busy = BusyBehaviour.BusyButApplies });
        Add("busy-refuses-reads", "answers busy to reads too", "WPI guide p.30", b => b with { RefusesReadsInCall = true });
        Add("busy-for-ever", "stays busy after a call", "WPI guide p.46", b => b with { StaysBusy = true });
        Add("send-solicited-forgotten", "forgets send-solicited", "WPI guide p.72", b => b with { IgnoresSendSolicited = true });
        Add("send-solicited-twice", "calls twice for send-solicited", "WPI guide p.75", b => b with { CallsTwice = true });
        Add("send-solicited-immediate", "calls while the call lasts", "WPI guide p.72", b => b with { CallsWhileBusy = true });
        Add("send-solicited-kept-over-restart", "keeps send-solicited over a restart", "WPI guide p.72", b => b with { KeepsFlagOverRestart = true });
        Add("calls-back-without-send-solicited", "calls after every call", "WPI guide p.46", b => b with { CallsWithoutSendSolicited = true });
        Add("cleanup-cleared-flag", "forgets send-solicited at a plain CleanUp", "deduced from WPI guide p.75", b => b with { CleanUpClearsFlag = true });
    }

    private static void ContactMeQuirks()
    {
        Acknowledge("contact-me-200", "acknowledges contact-me with 200", "WPI guide p.15", a => a with { Status = 200, Reason = "OK" });
        Acknowledge("contact-me-no-server-header", "does not name DlsClient", "WPI guide p.15", a => a with { Server = "" });
        Acknowledge("contact-me-with-body", "adds a body to the acknowledgement", "WPI guide p.15", a => a with { Body = "<html>ok</html>" });
        Add("contact-me-ignored", "acknowledges contact-me and does not call", "field", b => b with { IgnoresContactMe = true });
        Add("contact-me-post-refused", "takes contact-me by GET alone", "WPI guide p.14", b => b with { RefusedContactMeMethod = "POST" });
        Add("contact-me-get-refused", "takes contact-me by POST alone", "field", b => b with { RefusedContactMeMethod = "GET" });
        Add("contact-me-false-calls-back", "calls for any value of ContactMe", "deduced from WPI guide p.14", b => b with { CallsOnContactMeFalse = true });
        Add("contact-me-ignores-address", "calls the configured service whatever contact-me says", "WPI guide p.14", b => b with { IgnoresContactMeAddress = true });
        Add("contact-me-gap-ignored", "calls within the contact gap", "manual", b => b with { IgnoresContactGap = true });
        Add("contact-me-refused-in-call", "refuses contact-me in a call", "WPI guide p.74", b => b with { RefusesContactMeInCall = true });
    }

    private static void FlowQuirks()
    {
        Add("answers-clean-up", "replies to CleanUp", "WPI guide p.31", b => b with { AnswersCleanUp = true });
        Add("answers-restart", "replies to Restart", "WPI guide p.50", b => b with { AnswersRestart = true });
        Add("ignores-restart", "does not restart", "WPI guide p.50", b => b with { IgnoresRestart = true });
        Add("restart-without-start-up", "restarts and says nothing", "WPI guide p.50", b => b with { StaysSilentAfterRestart = true });
        Add("factory-reset-keeps-values", "keeps its settings over a factory reset", "WPI guide p.51", b => b with { KeepsValuesOverFactoryReset = true });
        Add("unknown-action-accepted", "accepts actions that do not exist", "WPI guide p.29", b => b with { AcceptsUnknownActions = true });
        Add("unknown-action-dropped", "falls silent at an unknown action", "WPI guide p.29", b => b with { DropsUnknownActions = true });
        Add("invalid-xml-ignored", "falls silent at invalid XML", "WPI guide p.13", b => b with { IgnoresInvalidXml = true });
        Add("stops-after-first-part", "takes one WriteItems an interaction", "WPI guide p.71", b => b with { StopsAfterFirstWrite = true });
        Add("session-reused-after-clean-up", "keeps the cookie after CleanUp", "field: CP210", b => b with { KeepsCookieAfterCleanUp = true });
        Add("local-changes-missing", "does not report local changes", "WPI guide p.37", b => b with { HidesLocalChanges = true });
        Message("local-changes-without-flag", "reports local changes with configuration-changed-flag false", "WPI guide p.37", m => m.Reason == ContactReason.LocalChanges ? m with { Items = Rewriting.Each(m.Items, item => item.Name == "configuration-changed-flag" ? item with { Value = "false" } : item) } : m);
        Message("attached-items-missing", "does not attach what was changed", "WPI guide p.40", m => m.Reason == ContactReason.LocalChanges ? m with { Items = Rewriting.HeadOnly(m.Items) } : m);
        Message("attached-number-wrong", "counts the attached items wrong", "WPI guide p.40 itself", m => m with { Items = Rewriting.Each(m.Items, item => item.Name == "configuration-attached-number" ? item with { Value = "7" } : item) });
    }

    private static void WireQuirks()
    {
        Add("nonce-stale", "sends every nonce twice, in one message and in the next", "WPI guide p.28", b => b with { StaleNonce = true });
        Add("entities-not-decoded", "takes the references of less, greater and ampersand for text", "field: older firmware", b => b with { KeepsEntities = true });
        Post("content-length-wrong", "announces ten bytes too few", "WPI guide p.14", post => post with { Delivery = post.Delivery with { ContentLengthError = -10, CloseAfter = true } });
        Post("slow-bytes", "sends its messages in small pieces with pauses", "made up, as a weak network does", post => post with { Delivery = post.Delivery with { Slow = true } });
        Post("connection-cut", "closes the connection in the middle of a message", "made up, as a weak network does", post => post with { Delivery = post.Delivery with { Cut = true } });
        Post("post-twice", "sends every POST twice", "made up, as after a lost answer", post => post with { Delivery = post.Delivery with { Twice = true } });
        Text("junk-before-prolog", "puts text before the XML", "field: servers do, WPI guide p.30", text => "ready\r\n" + text);
        Text("byte-order-mark", "starts messages with a byte-order mark", "made up", text => "\uFEFF" + text);
        Post("utf-16-body", "writes messages in UTF-16 and still calls them UTF-8", "WPI guide p.30", post => post with { Body = Rewriting.ToUtf16(post.Body) });
        Reply("read-values-swapped", "answers ReadItems with the values in reverse order", "WPI guide p.30", "ReadItems", m => m with { Items = Rewriting.SwapValues(m.Items) });
        Add("fragments-out-of-order", "sends the inner fragments in reverse order", "WPI guide p.70", b => b with { ShufflesFragments = true });
        Add("fragment-loop", "never comes to the final fragment", "WPI guide p.70", b => b with { NeverEndsFragments = true });
        Add("contact-me-ignored-once", "does not call for the first contact-me after it was started", "field: old phones", b => b with { IgnoresFirstContactMe = true });
        Add("contact-me-kills-web-server", "takes no contact-me after two within a second, until it restarts", "field: old phones", b => b with { DiesOfContactMe = true });
        Add("contact-me-two-calls", "calls twice for one contact-me", "made up", b => b with { CallsBackTwice = true });
        Add("local-changes-storm", "reports one local change twenty times", "made up", b => b with { StormsLocalChanges = true });
    }

    private static void DeploymentQuirks()
    {
        Add("status-never-sent", "sends no status after a file", "WPI guide p.52", b => b with { HidesStatus = true });
        Add("status-twice", "sends the status of a file twice", "made up", b => b with { StatusTwice = true });
        Add("status-not-for-several", "sends no status after several files, as the guide says; servers wait for it", "WPI guide p.55", b => b with { HidesStatusOfSeveral = true });
        Add("firmware-unchanged", "restarts with its old version after a deployment", "field: deployment loops", b => b with { KeepsFirmware = true });
        Add("clock-far-off", "thinks it is 1970", "made up, as without a time server", b => b with { ClockIsOff = true });
        Add("wrong-tan", "gives a wrong TAN after the PIN", "WPI guide p.31", b => b with { SendsWrongTan = true });
        Reply("item-status-undefined", "gives every item that fails the status undefined status", "WPI guide p.26", "WriteItems", m => m with { Items = Rewriting.Each(m.Items, item => item with { Status = ItemStatus.Undefined }) });
    }

    private static void Add(string name, string summary, string source, Func<PhoneBehaviour, PhoneBehaviour> wear) =>
        Catalogue.Add(new Quirk($"QK-{Catalogue.Count + 1:000}", name, summary, source, wear));

    private static void Message(string name, string summary, string source, Func<WorkpointMessage, WorkpointMessage> rewrite) =>
        Add(name, summary, source, b => b with { Messages = b.Messages.Add(rewrite) });

    private static void Reply(string name, string summary, string source, string? action, Func<WorkpointMessage, WorkpointMessage> rewrite) =>
        Message(name, summary, source, m => m.Reason == ContactReason.ReplyTo && (action is null || m.Action == action) ? rewrite(m) : m);

    private static void First(string name, string summary, string source, string item) =>
        Message(name, summary, source, m => m.IsInitiating ? m with { Items = [.. (m.Items ?? []).Where(candidate => candidate.Name != item)] } : m);

    private static void Value(string name, string summary, string source, string item, Func<string, string> rewrite) =>
        Message(name, summary, source, m => m with { Items = Rewriting.Each(m.Items, found => found.Name == item && found.Value.Length > 0 ? found with { Value = rewrite(found.Value) } : found) });

    private static void Text(string name, string summary, string source, Func<string, string> rewrite) =>
        Add(name, summary, source, b => b with { Texts = b.Texts.Add(rewrite) });

    private static void Post(string name, string summary, string source, Func<PhoneEffect.Post, PhoneEffect.Post> rewrite) =>
        Add(name, summary, source, b => b with { Posts = b.Posts.Add(rewrite) });

    private static void Acknowledge(string name, string summary, string source, Func<PhoneEffect.AnswerContactMe, PhoneEffect.AnswerContactMe> rewrite) =>
        Add(name, summary, source, b => b with { Acknowledgements = b.Acknowledgements.Add(rewrite) });

    private static ImmutableList<HttpHeader> Replace(ImmutableList<HttpHeader> headers, string name, string value) =>
        [.. headers.Select(header => header.Name == name ? header with { Value = value } : header)];
}
