using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Machine.Deployment;
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
    private readonly List<FidelityLine> lines = [];
    private string recordedNonce = "";
    private string emulatedNonce = "";
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;
    private PhoneTimer? waiting;
    private int? download;

    private FidelityCheck(Protocol.Recordings.Recording recording, PhoneOptions options)
    {
        this.recording = recording;
        phone = new Phone(options.Check(System.Net.IPAddress.Loopback, ContactMeRequest.DefaultPort), (ulong)options.Seed);
        phone.Wear([.. options.Quirks.Select(QuirkUse.Parse)]);
    }

    /// <param name="options">The emulated phone; its server may be any.</param>
    /// <returns>A line for each exchange that the phone had a part in, and for each surplus message.</returns>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    public static IReadOnlyList<FidelityLine> Run(Protocol.Recordings.Recording recording, PhoneOptions options)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(options);
        var check = new FidelityCheck(recording, options);
        check.Begin();
        for (var number = 1; number <= recording.Exchanges.Count; number++)
            check.Play(recording.Exchanges[number - 1], number);
        while (check.posts.TryDequeue(out var post))
        {
            if (!IsReply(post) || check.EndsWithCleanUp)
                check.AddSurplus(0, post);
        }

        return check.lines;
    }

    /// <summary>False when the recording was stopped in the middle of an interaction: what the phone would have said next is not known.</summary>
    private bool EndsWithCleanUp => recording.Exchanges.LastOrDefault(exchange => exchange.Kind == ExchangeKind.Message)?.Response is not { } response
        || DlsReader.Read(response.Bytes) is not { Ok: true } read || read.Message.Action is ServerAction.CleanUp or ServerAction.None;

    /// <summary>A recording that does not begin with start-up is of a phone that was on already.</summary>
    private void Begin()
    {
        var first = recording.Exchanges.FirstOrDefault(exchange => exchange.Kind == ExchangeKind.Message);
        if (first is null || (Read(first) is { Ok: true } read && read.Message.Reason == ContactReason.StartUp))
            return;
        Happen(new PhoneEvent.PowerOn());
        Happen(new PhoneEvent.TimerFired(PhoneTimer.Boot));
        FireWaiting();
        while (posts.TryDequeue(out _))
            Happen(new PhoneEvent.Answer(204, [], false, default));
    }

    private void Play(RecordedExchange exchange, int number)
    {
        if (exchange.Kind == ExchangeKind.Message)
            PlayMessage(exchange, number);
        else if (exchange is { Kind: ExchangeKind.ContactMe, Status: { } status })
            PlayContact(exchange, number, status);
    }

    private void PlayContact(RecordedExchange exchange, int number, int status)
    {
        now += TimeSpan.FromHours(1);
        var query = exchange.Target.IndexOf('?', StringComparison.Ordinal);
        ContactMeRequest.TryParse(exchange.Method, query < 0 ? "" : exchange.Target[(query + 1)..], RecordedBody.Decode(exchange.Request.Bytes), out var request, out var error);
        // The address in it is the proxy's: the emulated phone calls the service it has.
        var here = request is null ? null : new ContactMeRequest(request.CallBack, null, null);
        var answer = Happen(new PhoneEvent.ContactMe(exchange.Method, here, error ?? "")).OfType<PhoneEffect.AnswerContactMe>().Single();
        var server = exchange.ResponseHeaders.FirstOrDefault(header => header.Name.Equals("Server", StringComparison.OrdinalIgnoreCase))?.Value ?? "";
        var fidelity = answer.Status != status ? Fidelity.Different : answer.Server != server ? Fidelity.Canonical : Fidelity.Exact;
        lines.Add(new FidelityLine(number, "contact-me", fidelity, LineDifference.Of([$"status {status}", $"Server: {server}"], [$"status {answer.Status}", $"Server: {answer.Server}"])));
    }

    private void PlayMessage(RecordedExchange exchange, int number)
    {
        var read = Read(exchange);
        var said = read.Ok ? Words(read.Message) : "an unreadable message";
        Load(read);
        FireWaiting();
        while (read.Ok && read.Message.IsInitiating && posts.TryPeek(out var left) && IsReply(left))
        {
            // The recorded phone had nothing to say to that answer; this one has, and is told that it is the end.
            AddSurplus(number, posts.Dequeue());
            Happen(new PhoneEvent.Answer(204, [], false, default));
        }

        if (posts.Count == 0 && read.Ok)
            Stimulate(read.Message, number);
        FireWaiting();
        var recordedNew = IsNew(ref recordedNonce, RecordedBody.Decode(exchange.Request.Bytes));
        // A phone that is in its next interaction already has no reply to this one.
        if (posts.Count == 0 || (read.Ok && !read.Message.IsInitiating && !IsReply(posts.Peek())))
        {
            lines.Add(new FidelityLine(number, said, Fidelity.Missing, "- " + said));
            return;
        }

        var post = posts.Dequeue();
        lines.Add(Compare(exchange, number, said, post, recordedNew));
        Answer(exchange, post);
    }

    private void FireWaiting()
    {
        if (posts.Count == 0 && waiting is { } timer)
            Happen(new PhoneEvent.TimerFired(timer));
    }

    /// <summary>Ends the downloads before a message that tells of them, as the message says; what was in the files is not recorded.</summary>
    private void Load(ReadResult<WorkpointMessage> next)
    {
        if (!next.Ok || next.Message.Reason is not (ContactReason.Status or ContactReason.StartUp))
            return;
        var items = next.Message.Items ?? [];
        if (DateTime.TryParseExact(
            $"{next.Message.Value("file-deployment-date")} {next.Message.Value("file-deployment-time")}", "dd:MM:yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var loaded))
            now = new DateTimeOffset(loaded, TimeSpan.Zero);
        var results = new Queue<string>(items.Where(item => item.Name == "file-deployment-status").Select(item => item.Value));
        while (download is { } number)
        {
            download = null;
            var failed = results.TryDequeue(out var result) && result == "failed";
            Happen(new PhoneEvent.Downloaded(number, failed ? DownloadResult.Failed("it failed for the recorded phone") : new DownloadResult(1, default, "")));
        }
    }

    /// <summary>Does what made the recorded phone call.</summary>
    private void Stimulate(WorkpointMessage message, int number)
    {
        now += TimeSpan.FromHours(1);
        switch (message.Reason)
        {
            case ContactReason.StartUp:
                if (!phone.IsBooting)
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
        var next = recording.Exchanges.Skip(number).Where(exchange => exchange.Kind == ExchangeKind.Message).Select(exchange => Read(exchange))
            .FirstOrDefault(read => read.Ok && read.Message is { Reason: ContactReason.ReplyTo, Action: "ReadAllItems" });
        var values = phone.Items.ToLookup(item => item.Key, item => item.Value);
        return [.. (next?.Message?.Items ?? []).Where(item => ItemCatalogue.Default.CheckWrite(item) is null && values[item.Key].FirstOrDefault() is { } value && value != item.Value)];
    }

    private void Answer(RecordedExchange exchange, PhoneEffect.Post post)
    {
        if (exchange.Status is not { } status)
        {
            Happen(new PhoneEvent.Undelivered("the recorded service did not answer"));
            return;
        }

        var nonce = MessageLines.NonceOf(RecordedBody.Decode(post.Body.Span));
        var body = exchange.Response?.Text is { } text ? Encoding.UTF8.GetBytes(MessageLines.WithNonce(text, nonce)) : exchange.Response?.Bytes ?? [];
        var cookies = exchange.ResponseHeaders.Where(header => header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
        // A call that the recorded phone was in shows in its next answer.
        if (NextIsBusy(exchange) != phone.InCall)
            Happen(phone.InCall ? new PhoneEvent.CallEnded() : new PhoneEvent.CallStarted());
        Happen(new PhoneEvent.Answer(status, [.. cookies], false, body));
    }

    private bool NextIsBusy(RecordedExchange exchange)
    {
        var next = recording.Exchanges.SkipWhile(candidate => !ReferenceEquals(candidate, exchange)).Skip(1).FirstOrDefault(candidate => candidate.Kind == ExchangeKind.Message);
        return next is not null && Read(next) is { Ok: true } read && read.Message.Status == ReplyStatus.Busy;
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
            else if (effect is PhoneEffect.Download file)
            {
                download = file.Number;
            }
        }

        return effects;
    }

    private FidelityLine Compare(RecordedExchange exchange, int number, string said, PhoneEffect.Post post, bool recordedNew)
    {
        var theirs = RecordedBody.Decode(exchange.Request.Bytes);
        var ours = RecordedBody.Decode(TranscriptMask.Mask(post.Body));
        string[] theirLines = [.. Head(exchange.Method, exchange.RequestHeaders.Select(header => (header.Name, header.Value)), recordedNew), .. MessageLines.Raw(theirs)];
        string[] ourLines = [.. Head(post.Method, post.Headers.Select(header => (header.Name, header.Value)), IsNew(ref emulatedNonce, ours)), .. MessageLines.Raw(ours)];
        if (theirLines.SequenceEqual(ourLines))
            return new FidelityLine(number, said, Fidelity.Exact, "");
        if (MessageLines.Canonical(theirs) is { } theirMeaning && MessageLines.Canonical(ours) is { } ourMeaning && !theirMeaning.SequenceEqual(ourMeaning))
            return new FidelityLine(number, said, Fidelity.Different, LineDifference.Of(theirMeaning, ourMeaning));
        return new FidelityLine(number, said, MessageLines.Canonical(theirs) is null || MessageLines.Canonical(ours) is null ? Fidelity.Different : Fidelity.Canonical, LineDifference.Of(theirLines, ourLines));
    }

    private void AddSurplus(int number, PhoneEffect.Post post)
    {
        var read = Read(post);
        var said = read.Ok ? Words(read.Message) : "an unreadable message";
        lines.Add(new FidelityLine(number, said, Fidelity.Surplus, "+ " + said));
    }

    private static ReadResult<WorkpointMessage> Read(RecordedExchange exchange) => WorkpointReader.Read(RecordedBody.Message(exchange.Request.Bytes));

    private static ReadResult<WorkpointMessage> Read(PhoneEffect.Post post) => WorkpointReader.Read(RecordedBody.Message(post.Body.Span));

    private static bool IsReply(PhoneEffect.Post post) => Read(post) is { Ok: true } read && !read.Message.IsInitiating;

    /// <summary>Whether a message has another nonce than the one before it on the same side.</summary>
    private static bool IsNew(ref string last, string text)
    {
        var nonce = MessageLines.NonceOf(text);
        var isNew = nonce != last;
        last = nonce;
        return isNew;
    }

    /// <summary>Method and headers without what differs from run to run; first whether the nonce is a new one.</summary>
    private static IEnumerable<string> Head(string method, IEnumerable<(string Name, string Value)> headers, bool isNew) =>
    [
        isNew ? "(nonce: new)" : "(nonce: as before)",
        method,
        .. headers.Select(header => $"{header.Name}: {header.Name.ToUpperInvariant() switch
        {
            "HOST" or "CONTENT-LENGTH" => "",
            "COOKIE" => Cookie().Replace(header.Value, "="),
            _ => header.Value,
        }}"),
    ];

    private static string Words(WorkpointMessage message) => message.Reason == ContactReason.ReplyTo
        ? $"reply-to {message.Action}"
        : message.ReasonText ?? Wording.Of(message.Reason);

    [GeneratedRegex("=[^;]*")]
    private static partial Regex Cookie();
}
