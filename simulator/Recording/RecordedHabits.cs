using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Recording;

/// <summary>
/// How a recorded phone speaks: a message that says the same as a recorded one goes out in the recorded spelling, any other
/// in the form that its messages have in common, and all with the recorded headers and pauses.
/// </summary>
internal sealed partial class RecordedHabits
{
    /// <summary>Items whose value is the emulated phone's own.</summary>
    private static readonly string[] OwnItems = ["contact-me-uri", "mac-addr"];

    private readonly Dictionary<string, string> texts = [];
    private readonly IReadOnlyList<RecordedHeader> headers;
    private readonly TimeSpan pause;
    private readonly bool constantNonce;
    private readonly bool cookieAttributes;
    private readonly RecordedForm form;
    private readonly bool lowerCaseNonce;
    private readonly bool lowerCaseMac;
    private readonly bool isWide;

    public RecordedHabits(Protocol.Recordings.Recording recording)
    {
        var messages = recording.Exchanges.Where(exchange => exchange.Kind == ExchangeKind.Message).ToList();
        var spoken = messages.Select(exchange => RecordedBody.Decode(exchange.Request.Bytes)).ToList();
        foreach (var text in spoken)
        {
            if (Meaning(text) is { } meaning)
                texts.TryAdd(meaning, text);
        }

        // The message with the most headers shows where each has its place.
        headers = messages.Select(exchange => exchange.RequestHeaders).OrderByDescending(list => list.Count).FirstOrDefault() ?? [];
        var nonces = spoken.Select(MessageLines.NonceOf).Where(nonce => nonce.Length > 0).ToList();
        form = new RecordedForm(spoken);
        lowerCaseNonce = nonces.Exists(nonce => nonce.Any(char.IsAsciiLetterLower));
        lowerCaseMac = spoken.SelectMany(text => Own().Matches(text)).Any(match => match.Groups["name"].Value == "mac-addr" && match.Groups["value"].Value.Any(char.IsAsciiLetterLower));
        isWide = messages.Exists(exchange => exchange.Request.Bytes is [(byte)'<', 0, ..] or [0xFF, 0xFE, ..]);
        constantNonce = nonces.Count > 1 && nonces.Distinct().Count() == 1;
        cookieAttributes = messages.SelectMany(exchange => exchange.RequestHeaders).Any(header => IsCookie(header.Name) && header.Value.Contains("path=", StringComparison.OrdinalIgnoreCase));
        pause = MedianPause(messages);
    }

    /// <summary>The behaviour that quirks are put upon.</summary>
    public PhoneBehaviour Behaviour => PhoneBehaviour.Guide with
    {
        ConstantNonce = constantNonce,
        ReturnsCookieAttributes = cookieAttributes,
        // As a message, so that the phone expects back what it said.
        Messages = lowerCaseNonce ? [message => message with { Nonce = message.Nonce.ToLowerInvariant() }] : [],
        Texts = [Spelled],
        Posts = [Dressed],
    };

    /// <summary>What a message says, without its nonce and its contact-me address; null when it is no XML.</summary>
    public static string? Meaning(string text)
    {
        try
        {
            var root = XDocument.Parse(text[Math.Max(0, text.IndexOf('<', StringComparison.Ordinal))..]).Root!;
            var reason = root.Descendants().First(element => element.Name.LocalName == "ReasonForContact");
            var items = root.Descendants().Where(element => element.Name.LocalName == "Item").Select(element =>
                $"{(string?)element.Attribute("name")}|{(string?)element.Attribute("index")}|{(string?)element.Attribute("status")}|{(OwnItems.Contains((string?)element.Attribute("name")) ? "" : element.Value.Trim())}");
            return string.Join('\n', items.Order(StringComparer.Ordinal).Prepend($"{reason.Value.Trim()}|{(string?)reason.Attribute("action")}|{((string?)reason.Attribute("status"))?.ToLowerInvariant()}"));
        }
        catch (Exception wrong) when (wrong is XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The message in the recorded spelling, or at least in the recorded form, with its own nonce and address.</summary>
    private string Spelled(string text)
    {
        var nonce = MessageLines.NonceOf(text);
        if (Meaning(text) is not { } meaning || !texts.TryGetValue(meaning, out var recorded))
            return Own().Replace(MessageLines.WithNonce(form.Put(text), nonce), match => match.Groups["head"].Value + Cased(match));
        var values = Own().Matches(text).ToDictionary(match => match.Groups["name"].Value, Cased);
        return Own().Replace(MessageLines.WithNonce(recorded, nonce), match => values.TryGetValue(match.Groups["name"].Value, out var value) ? match.Groups["head"].Value + value : match.Value);
    }

    private string Cased(Match own) => own.Groups["name"].Value == "mac-addr" && lowerCaseMac ? own.Groups["value"].Value.ToLowerInvariant() : own.Groups["value"].Value;

    /// <summary>The request with its headers in recorded order and casing, and after the recorded pause.</summary>
    private PhoneEffect.Post Dressed(PhoneEffect.Post post)
    {
        var dressed = ImmutableList.CreateBuilder<HttpHeader>();
        foreach (var header in headers)
        {
            var own = post.Headers.Find(candidate => candidate.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase));
            // Host and cookie are the phone's own, the length is set later; all else is as recorded.
            if (header.Name.ToUpperInvariant() is not ("HOST" or "COOKIE" or "CONTENT-LENGTH"))
                dressed.Add(new HttpHeader(header.Name, header.Value));
            else if (own is not null || !IsCookie(header.Name))
                dressed.Add(new HttpHeader(header.Name, own?.Value ?? ""));
        }

        dressed.AddRange(post.Headers.Where(header => !headers.Any(known => known.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase))));
        var closes = headers.Any(header => header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.Equals("close", StringComparison.OrdinalIgnoreCase));
        var body = isWide ? Rewriting.ToUtf16(post.Body) : post.Body;
        return post with { Body = body, Headers = dressed.ToImmutable(), Delivery = post.Delivery with { CloseAfter = post.Delivery.CloseAfter || closes, Pause = pause } };
    }

    /// <summary>From an answer to the next message of the same interaction.</summary>
    private static TimeSpan MedianPause(IReadOnlyList<RecordedExchange> messages)
    {
        var pauses = messages.Zip(messages.Skip(1))
            .Where(pair => pair.Second.Request.Text?.Contains("reply-to", StringComparison.Ordinal) == true)
            .Select(pair => pair.Second.OffsetMilliseconds - pair.First.OffsetMilliseconds - pair.First.DurationMilliseconds).Order().ToList();
        return TimeSpan.FromMilliseconds(pauses.Count == 0 ? 0 : Math.Clamp(pauses[pauses.Count / 2], 0, 60_000));
    }

    private static bool IsCookie(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?<head><Item[^>]*\\bname\\s*=\\s*[\"'](?<name>contact-me-uri|mac-addr)[\"'][^>]*>\\s*)(?<value>[^<\\s]*)")]
    private static partial Regex Own();
}
