using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>Asking a poll address whether jobs wait, for phones behind a firewall (WPI guide p.15, p.24).</summary>
internal sealed partial class Phone
{
    /// <summary>Seconds between polls when the service wrote none. INFERRED.</summary>
    private const int DefaultPollSeconds = 300;

    /// <summary>A day: longer intervals are taken for it.</summary>
    private const int MostPollSeconds = 24 * 60 * 60;

    /// <summary>Any contact with the service starts the interval anew (wiki).</summary>
    private void RestartPolling()
    {
        if (PollAddress is null)
            Do(new PhoneEffect.StopTimer(PhoneTimer.Poll));
        else
            Do(new PhoneEffect.StartTimer(PhoneTimer.Poll, TimeSpan.FromSeconds(Math.Min(Number("dcmp-interval", DefaultPollSeconds), MostPollSeconds))));
    }

    private void Poll()
    {
        if (session is null && PollAddress is { } address)
            Do(new PhoneEffect.Poll(Behaviour.Polls.Aggregate(address, (changed, change) => change(changed))));
        else
            RestartPolling();
    }

    private void Polled(int? status)
    {
        // WPI guide p.24: 200 says that nothing waits; 202, that something does (wiki).
        if (status is not (200 or 202))
            Observe("poll-status", "HTTP status 200 or 202", status is { } number ? $"{number}" : "no answer", 24);
        if ((status == 202 && !Behaviour.IgnoresPollAnswers) || Behaviour.CallsAfterEveryPoll)
            Contact(new PendingContact(ContactReason.Solicited));
        if (!Behaviour.PollsOnce)
            RestartPolling();
    }

    /// <summary>The MAC address goes as it is, colons and all (p.15).</summary>
    private Uri? PollAddress =>
        Can.Polls && memory.Read(new ItemKey("dcmp-url")) is { Length: > 0 } text
        && Uri.TryCreate($"{text}{(text.EndsWith('/') ? "" : "/")}contact-me?device-id={identity.Mac}", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;
}
