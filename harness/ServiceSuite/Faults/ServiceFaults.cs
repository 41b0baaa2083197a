using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Harness.Recording;

namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>All faults that the server suite has to catch.</summary>
public static class ServiceFaults
{
    public static IReadOnlyList<ServiceFault> All { get; } = [.. Http(), .. Sessions(), .. Messages(), .. FirstContact(), .. Jobs(), .. BusyPhones(), .. Calls(), .. SecureMode()];

    private static IEnumerable<ServiceFault> Http() =>
    [
        Answers("status-201", "Answers have status 201.", turn => turn.Answer with { FirstLine = "HTTP/1.1 201 Created" }),
        Answers("answers-as-json", "The content type of answers is application/json.", turn => FaultTurn.WithHeader(turn.Answer, "Content-Type", "application/json")),
        Answers("no-content-length", "Answers have no Content-Length and end with the connection.",
            turn => FaultTurn.WithHeader(FaultTurn.WithHeader(turn.Answer, "Content-Length", null), "Connection", "close")),
        new("bytes-after-the-body", "Bytes come after the announced end of the body.") { Surplus = "  \r\n"u8.ToArray() },
        Answers("chunked", "Answers are chunked.", turn => FaultTurn.WithHeader(FaultTurn.WithHeader(turn.Answer, "Content-Length", null), "Transfer-Encoding", "chunked")),
        Answers("text-before-the-xml", "A warning stands before the XML.", turn => turn.With("Warning: no time zone\n" + turn.Text)),
        Answers("latin-1", "The XML is in Latin-1 and says UTF-8.", turn => turn.Answer with { Body = Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(turn.Answer.Body)) }),
        Answers("hangs-up-after-each-answer", "The connection is closed after each answer.", turn => FaultTurn.WithHeader(turn.Answer, "Connection", "close")),
        Answers("one-path-only", "Only the path of the field is served.",
            turn => turn.Request.Word(1) == "/DeploymentService/LoginService" ? turn.Answer : FaultTurn.Status(404)),
        Answers("content-type-strict", "Messages of another content type than text/xml are refused.",
            turn => turn.Request.Headers.Any(header => header.Name == "Content-Type" && !header.Value.StartsWith("text/xml", StringComparison.Ordinal)) ? FaultTurn.Status(415) : turn.Answer),
    ];

    private static IEnumerable<ServiceFault> Sessions() =>
    [
        Hears("session-of-the-connection", "The session is lost with its connection.", turn => turn.IsFirst ? FaultTurn.WithHeader(turn.Request, "Cookie", null) : turn.Request),
        Answers("no-cookie", "No cookie is set.", turn => FaultTurn.WithHeader(turn.Answer, "Set-Cookie", null)),
        Hears("cookie-not-read", "The cookie is not read.", turn => FaultTurn.WithHeader(turn.Request, "Cookie", null)),
        Hears("cookie-with-attributes-refused", "A cookie with attributes is not known.",
            turn => turn.Cookie?.Contains("path=", StringComparison.OrdinalIgnoreCase) == true ? FaultTurn.WithHeader(turn.Request, "Cookie", null) : turn.Request),
        Answers("old-cookie-refused", "A first message with an old cookie is ended.", turn => turn is { Reason: "start-up", Cookie.Length: > 0 } ? turn.Instead("CleanUp") : turn.Answer),
        Answers("session-goes-on", "A session is served after its end.", turn => turn is { Reason: "reply-to", Cookie: { } cookie } && turn.Memory.Ended.Contains(cookie) ? turn.Instead("ReadAllItems") : turn.Answer),
        Answers("empty-cookie-refused", "An empty Cookie header is refused.", turn => turn.Cookie is "" ? FaultTurn.Status(400) : turn.Answer),
        Answers("no-nonce", "Answers have no nonce.", turn => turn.Replaced(" nonce=\"[^\"]*\"", "")),
        Answers("nonce-of-the-first-message", "All answers have the nonce of the first message.", turn => turn.Replaced(" nonce=\"[^\"]*\"", $" nonce=\"{turn.Memory.FirstNonce}\"")),
        Answers("nonce-in-capitals", "The nonce comes back in capitals.", turn => turn.Replaced(" nonce=\"[^\"]*\"", $" nonce=\"{turn.Nonce.ToUpperInvariant()}\"")),
        Hears("phones-mixed-up", "All phones are taken for the first that called.",
            turn => turn.AskedReplaced("(name=\"mac-addr\">)[^<]*", $"${{1}}{turn.Memory.FirstMac}")),
    ];

    private static IEnumerable<ServiceFault> Messages() =>
    [
        Answers("root-renamed", "The root has another name.", turn => turn.Replaced("DLSMessage", "DeploymentMessage")),
        Answers("two-messages", "A message has two Message elements.", turn => turn.Replaced("(<Message .*</Message>)", "$1$1")),
        Answers("no-action", "Messages have no action.", turn => turn.Replaced("<Action>.*</Action>", "")),
        Answers("action-in-lower-case", "Actions are in lower case.", turn => turn.Replaced("<Action>.*</Action>", $"<Action>{turn.Action.ToLowerInvariant()}</Action>")),
        Answers("never-clean-up", "No interaction ends.", turn => turn.Action == "CleanUp" ? turn.Instead("ReadAllItems") : turn.Answer),
        EndsOn("padding-refused", "A padded message is ended.", turn => turn.Asked.Contains(">\n  ", StringComparison.Ordinal)),
        EndsOn("status-case-strict", "A status with a capital is not known.", turn => turn.Asked.Contains("status=\"Accepted\"", StringComparison.Ordinal)),
        Hears("mark-of-the-reason-not-read", "The mark of a fragment is read on Message alone.", turn => turn.AskedReplaced("(<ReasonForContact[^>]*) fragment=\"[^\"]*\"", "$1")),
        EndsOn("attribute-order-strict", "Attributes in another order are not known.", turn => turn.Asked.Contains("<ReasonForContact status", StringComparison.Ordinal)),
        EndsOn("space-before-the-root-refused", "White space before the root is refused.", turn => turn.Asked.StartsWith(' ')),
        Answers("unmarked-reply-refused", "More is asked for after a reply without a mark.",
            turn => turn.Reason == "reply-to" && !turn.Asked.Contains("fragment=", StringComparison.Ordinal) ? turn.Instead("GetNextFragment") : turn.Answer),
        new("hangs-on-broken-xml", "A body that is no message is never answered.") { Answer = turn => turn.IsBroken ? null : turn.Answer },
        Answers("broken-xml-read-on", "After broken XML the interaction goes on.", turn => turn.IsBroken ? turn.Instead("GetNextFragment") : turn.Answer),
        Answers("strangers-served", "A phone that is not known is given work.", turn => turn.Cookie is null
            && (turn.Reason == "reply-to" || !turn.Asked.Contains("mac-addr", StringComparison.Ordinal)) ? turn.Instead("ReadAllItems") : turn.Answer),
        Answers("wrong-reply-taken", "A reply to another action is taken for the answer.", turn => Regex.IsMatch(turn.Asked, "fragment=\"next\".*action=\"WriteItems\"", RegexOptions.Singleline) ? turn.Instead("GetNextFragment") : turn.Answer),
    ];

    private static IEnumerable<ServiceFault> FirstContact() =>
    [
        EndsOn("start-up-ended", "start-up is ended at once.", turn => turn.Reason == "start-up"),
        Answers("read-all-with-items", "ReadAllItems has items.", turn => turn.Action == "ReadAllItems" ? turn.Replaced("</Message>", "<ItemList><Item name=\"e164\"/></ItemList></Message>") : turn.Answer),
        EndsOn("local-changes-ended", "local-changes is ended at once.", turn => turn.Reason == "local-changes"),
        Answers("inventory-read", "A call without work is asked for all items.",
            turn => turn is { Reason: "inventory-changes" or "solicited", Action: "CleanUp" } ? turn.Instead("ReadAllItems") : turn.Answer),
        Answers("status-refused", "status is refused.", turn => turn.Reason == "status" ? FaultTurn.Status(500) : turn.Answer),
        Answers("clean-up-answered-with-work", "A clean-up of the phone is answered with work.", turn => turn.Reason == "clean-up" ? turn.Instead("ReadAllItems") : turn.Answer),
    ];

    private static IEnumerable<ServiceFault> Jobs() =>
    [
        Answers("read-items-with-values", "ReadItems has values.", turn => turn.Action == "ReadItems" ? turn.Replaced("(<Item [^>/]*)(/>|></Item>)", "$1>1</Item>") : turn.Answer),
        Answers("index-not-sent", "Items have no index.", turn => turn.Replaced(" index=\"[^\"]*\"", "")),
        Without("reset-without-password", "A factory reset has no password.", "restart-password"),
        Answers("file-name-cut-off", "Addresses of files have no name.", turn => turn.Replaced("(name=\"file-https-base-url\"[^>]*>[^<]*/)[^</]*<", "$1<")),
        Answers("version-not-in-dots", "The version of firmware is written as phones report it.", turn => turn.Replaced("(name=\"file-sw-version\">)[^<]*", "$1V3 R5.13.0")),
        Answers("long-value-cut-off", "Values end after 1000 characters.", turn => turn.Replaced("(<Item [^>]*>[^<]{1000})[^<]*<", "$1<")),
        Answers("values-dropped", "WriteItems has no values.", turn => turn.Action == "WriteItems" ? turn.Replaced("(<Item [^>]*>)[^<]*<", "$1<") : turn.Answer),
        Answers("references-written-twice", "References are written twice.", turn => turn.Replaced("&(lt|gt|amp);", "&amp;$1;")),
        Answers("written-again", "What was written is written again.",
            turn => turn is { Reason: "solicited", Action: "CleanUp", Memory.LastWrite: { } write } ? turn.With(write) : turn.Answer),
        Hears("max-items-not-read", "maxItems is not read.", turn => turn.AskedReplaced("maxItems=\"[^\"]*\"", "maxItems=\"-1\"")),
        Answers("messages-blown-up", "Messages are larger than 50 kB.",
            turn => turn.Action == "WriteItems" ? turn.With($"{turn.Text}<!--{new string('x', 60_000)}-->") : turn.Answer),
        EndsOn("fragments-ignored", "Only the first fragment is taken.", turn => turn.Action == "GetNextFragment"),
        EndsOn("fragment-action-strict", "A fragment that answers GetNextFragment is not known.", turn => turn.Asked.Contains("action=\"GetNextFragment\"", StringComparison.Ordinal)),
    ];

    private static IEnumerable<ServiceFault> BusyPhones() =>
    [
        Without("send-solicited-dropped", "A busy phone is not told to call.", "send-solicited"),
        EndsOn("refused-jobs-lost", "What a busy phone refused is forgotten.", turn => turn is { Memory.WasBusy: true, Reason: "solicited", Action: "WriteItems" }),
        Answers("send-solicited-always", "Every phone is told to call.", turn => turn.Action == "CleanUp"
            ? turn.With($"<DLSMessage><Message nonce=\"{turn.Nonce}\"><Action>CleanUp</Action><ItemList><Item name=\"send-solicited\">true</Item></ItemList></Message></DLSMessage>")
            : turn.Answer),
    ];

    private static IEnumerable<ServiceFault> Calls() =>
    [
        new("contact-me-false", "ContactMe says false.") { ContactMe = contact => contact with { Body = "ContactMe=false"u8.ToArray() } },
        new("contact-me-as-json", "The content type of contact-me is JSON.") { ContactMe = contact => FaultTurn.WithHeader(contact, "Content-Type", "application/json") },
        new("contact-me-elsewhere", "contact-me goes to the usual path, whatever the phone said.") { ContactMe = contact => contact with { FirstLine = "POST /contact_dls.html/ContactDLS HTTP/1.1" } },
        new("contact-me-port-no-number", "The port in contact-me is no number.") { ContactMe = contact => contact with { Body = [.. contact.Body, .. "&dls_ip_addr=127.0.0.1&dls_ip_port=none"u8] } },
        EndsOn("solicited-ended", "A phone that calls is let go at once.", turn => turn.Reason == "solicited"),
        Without("poll-address-dropped", "A phone is not told what to poll.", "dcmp-url"),
        new("poll-always-202", "Every poll is answered 202.") { PollStatus = 202 },
        new("poll-always-200", "Every poll is answered 200.") { PollStatus = 200 },
    ];

    private static IEnumerable<ServiceFault> SecureMode() =>
    [
        Without("secure-port-not-told", "The phone is not told the secure port.", "dls-secure-port"),
        Answers("goto-secure-mode-everywhere", "Every WriteItems says goto-secure-mode.", turn => turn.Action == "WriteItems" && !turn.Text.Contains("goto-secure-mode", StringComparison.Ordinal)
            ? turn.Replaced("<ItemList>", "<ItemList><Item name=\"goto-secure-mode\">nopin</Item>") : turn.Answer),
        Answers("default-port-open", "The default port serves phones in Secure Mode.", turn => turn.Answer.Word(1) == "403" ? turn.Instead("ReadAllItems") : turn.Answer),
        new("secure-port-closed", "Nobody is served on the secure port.") { SecurePort = SecurePortFault.Closed },
        new("secure-port-open-to-all", "Everybody is served on the secure port.") { SecurePort = SecurePortFault.OpenToAll },
    ];

    private static ServiceFault Answers(string name, string text, Func<FaultTurn, RawMessage> change) => new(name, text) { Answer = change };

    private static ServiceFault Hears(string name, string text, Func<FaultTurn, RawMessage> change) => new(name, text) { Request = change };

    /// <summary>Answers CleanUp where something holds.</summary>
    private static ServiceFault EndsOn(string name, string text, Predicate<FaultTurn> when) => Answers(name, text, turn => when(turn) ? turn.Instead("CleanUp") : turn.Answer);

    /// <summary>Leaves an item out.</summary>
    private static ServiceFault Without(string name, string text, string item) => Answers(name, text, turn => turn.Replaced($"<Item name=\"{item}\"[^>]*>[^<]*</Item>", ""));
}
