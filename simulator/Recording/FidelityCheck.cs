using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Recording;

/// <summary>
/// Plays the service's side of a recording to an emulated phone, and people's side as far as the messages show it, and
/// compares what the phone says with what the recorded one said. No sockets and no clock: the same result every time.
/// </summary>
public sealed partial class FidelityCheck
{
    private readonly Protocol.Recordings.Recording recording;
    private readonly Phone phone;
    private readonly Queue<PhoneEffect.Post> posts = new();
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;
    private PhoneTimer? waiting;

    private FidelityCheck(Protocol.Recordings.Recording recording, PhoneOptions options)
    {
        this.recording = recording;
        phone = new Phone(options.Check(System.Net.IPAddress.Loopback, ContactMeRequest.DefaultPort), (ulong)options.Seed);
        phone.Wear([.. options.Quirks.Select(QuirkUse.Parse)]);
    }

    /// <param name="options">The emulated phone; its server may be any.</param>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    public static IReadOnlyList<FidelityLine> Run(Protocol.Recordings.Recording recording, PhoneOptions options)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(options);
        var check = new FidelityCheck(recording, options);
        return [.. recording.Exchanges.Select((exchange, number) => check.Play(exchange, number + 1))];
    }

    private FidelityLine Play(RecordedExchange exchange, int number) =>
        exchange.Kind == ExchangeKind.Message ? PlayMessage(exchange, number) : PlayContact(exchange, number);

    private FidelityLine PlayContact(RecordedExchange exchange, int number)
    {
        now += TimeSpan.FromHours(1);
        var query = exchange.Target.IndexOf('?', StringComparison.Ordinal);
        ContactMeRequest.TryParse(exchange.Method, query < 0 ? "" : exchange.Target[(query + 1)..], exchange.Request.Text ?? "", out var request, out var error);
        // The address in it is the proxy's: the emulated phone calls the service it has.
        var here = request is null ? null : new ContactMeRequest(request.CallBack, null, null);
        var answer = Happen(new PhoneEvent.ContactMe(exchange.Method, here, error ?? "")).OfType<PhoneEffect.AnswerContactMe>().Single();
        var same = answer.Status == exchange.Status;
        return new FidelityLine(number, "contact-me", same ? Fidelity.Exact : Fidelity.Different, same ? "" : $"- status {exchange.Status}\n+ status {answer.Status}");
    }

    private FidelityLine PlayMessage(RecordedExchange exchange, int number)
    {
        var text = exchange.Request.Text ?? "";
        var read = WorkpointReader.Read(exchange.Request.Bytes);
        var said = read.Ok ? Words(read.Message) : "an unreadable message";
        if (posts.Count == 0 && waiting is { } timer)
            Happen(new PhoneEvent.TimerFired(timer));
        if (posts.Count == 0 && read.Ok)
            Stimulate(read.Message, number);
        if (posts.Count == 0 && waiting is { } late)
            Happen(new PhoneEvent.TimerFired(late));
        if (!posts.TryDequeue(out var post))
            return new FidelityLine(number, said, Fidelity.Missing, "- " + said);

        var line = Compare(exchange, number, said, text, post);
        Answer(exchange, post);
        return line;
    }

    /// <summary>Does what made the recorded phone call.</summary>
    private void Stimulate(WorkpointMessage message, int number)
    {
        now += TimeSpan.FromHours(1);
        switch (message.Reason)
        {
            case ContactReason.StartUp:
                Happen(phone.IsOn ? new PhoneEvent.Restart() : new PhoneEvent.PowerOn());
                Happen(new PhoneEvent.TimerFired(PhoneTimer.Boot));
                break;
            case ContactReason.Solicited when phone.InCall:
                Happen(new PhoneEvent.CallEnded());
                break;
            case ContactReason.Solicited:
                Happen(new PhoneEvent.ContactMe("POST", new ContactMeRequest(true, null, null), ""));
                break;
            case ContactReason.LocalChanges:
                var attached = Rewriting.Changed(message.Items);
                Happen(new PhoneEvent.LocalChange(attached.Count > 0 ? attached : ChangedBefore(number)));
                break;
            case ContactReason.InventoryChanges:
                var modules = int.TryParse(message.Value("slk-modules"), out var count) ? count : 0;
                Happen(new PhoneEvent.KeyModulesPlugged(modules));
                break;
        }
    }

    /// <summary>Old firmware does not say what was changed (WPI guide p.37): the whole set that is read next does.</summary>
    private IReadOnlyList<Item> ChangedBefore(int number)
    {
        var next = recording.Exchanges.Skip(number).Where(exchange => exchange.Kind == ExchangeKind.Message).Select(exchange => WorkpointReader.Read(exchange.Request.Bytes))
            .FirstOrDefault(read => read.Ok && read.Message is { Reason: ContactReason.ReplyTo, Action: "ReadAllItems" });
        var now = phone.Items.ToLookup(item => item.Key, item => item.Value);
        return [.. (next?.Message?.Items ?? []).Where(item => ItemCatalogue.Default.CheckWrite(item) is null && now[item.Key].FirstOrDefault() is { } value && value != item.Value)];
    }

    private void Answer(RecordedExchange exchange, PhoneEffect.Post post)
    {
        if (exchange.Status is not { } status)
        {
            Happen(new PhoneEvent.Undelivered("the recorded service did not answer"));
            return;
        }

        var nonce = Nonce().Match(Encoding.UTF8.GetString(post.Body.Span)).Groups[1].Value;
        var body = exchange.Response?.Text is { } text ? Encoding.UTF8.GetBytes(Nonce().Replace(text, $"nonce=\"{nonce}\"", 1)) : exchange.Response?.Bytes ?? [];
        var cookies = exchange.ResponseHeaders.Where(header => header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
        // A call that the recorded phone was in shows in its next answer.
        if (NextIsBusy(exchange) != phone.InCall)
            Happen(phone.InCall ? new PhoneEvent.CallEnded() : new PhoneEvent.CallStarted());
        Happen(new PhoneEvent.Answer(status, [.. cookies], false, body));
    }

    private bool NextIsBusy(RecordedExchange exchange)
    {
        var next = recording.Exchanges.SkipWhile(candidate => candidate != exchange).Skip(1).FirstOrDefault(candidate => candidate.Kind == ExchangeKind.Message);
        return next?.Request.Text?.Contains("status=\"busy\"", StringComparison.OrdinalIgnoreCase) ?? false;
    }

    private IReadOnlyList<PhoneEffect> Happen(PhoneEvent happened)
    {
        var effects = phone.Handle(happened, now);
        foreach (var effect in effects)
        {
            if (effect is PhoneEffect.Post post)
            {
                posts.Enqueue(post);
                waiting = null;
            }
            else if (effect is PhoneEffect.StartTimer { Timer: PhoneTimer.Retry })
            {
                waiting = PhoneTimer.Retry;
            }
        }

        return effects;
    }

    private static FidelityLine Compare(RecordedExchange exchange, int number, string said, string recorded, PhoneEffect.Post post)
    {
        var emulated = Encoding.UTF8.GetString(TranscriptMask.Mask(post.Body));
        var theirs = Head(exchange.Method, exchange.RequestHeaders.Select(header => (header.Name, header.Value))) + Neutral(recorded);
        var ours = Head(post.Method, post.Headers.Select(header => (header.Name, header.Value))) + Neutral(emulated);
        var meaning = RecordedHabits.Meaning(recorded);
        var fidelity = theirs == ours ? Fidelity.Exact
            : meaning is not null && meaning == RecordedHabits.Meaning(emulated) ? Fidelity.Canonical
            : Fidelity.Different;
        return new FidelityLine(number, said, fidelity, fidelity == Fidelity.Exact ? "" : Difference(theirs, ours));
    }

    private static string Head(string method, IEnumerable<(string Name, string Value)> headers) => method + "\n" + string.Concat(headers.Select(header =>
        $"{header.Name}: {(header.Name.ToUpperInvariant() is "HOST" or "CONTENT-LENGTH" ? "" : header.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? Cookie().Replace(header.Value, "=") : header.Value)}\n"));

    /// <summary>The text without what differs from run to run.</summary>
    private static string Neutral(string text) => Contact().Replace(Nonce().Replace(text, "nonce=\"\""), "$1");

    private static string Difference(string recorded, string emulated)
    {
        var theirs = recorded.Split('\n');
        var ours = emulated.Split('\n');
        return string.Join('\n', theirs.Except(ours).Select(line => "- " + line).Concat(ours.Except(theirs).Select(line => "+ " + line)));
    }

    private static string Words(WorkpointMessage message) => message.Reason == ContactReason.ReplyTo
        ? $"reply-to {message.Action}"
        : message.ReasonText ?? Wording.Of(message.Reason);

    [GeneratedRegex("nonce\\s*=\\s*[\"']([^\"']*)[\"']")]
    private static partial Regex Nonce();

    [GeneratedRegex("(name\\s*=\\s*[\"']contact-me-uri[\"'][^>]*>)[^<]*")]
    private static partial Regex Contact();

    [GeneratedRegex("=[^;]*")]
    private static partial Regex Cookie();
}
