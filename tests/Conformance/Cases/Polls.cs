using OpenStage.Harness.Listening;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>Phones that ask whether something waits (WPI guide p.15, p.24).</summary>
[Guide("1.4", Page = 24)]
public sealed class Polls(string phoneId) : PhoneCases(phoneId)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(200);

    [Case("wpi/1.4/1", Level.Must, "A poll is a GET of contact-me with device-id, the MAC address with colons.", Page = 15, Catches = ["poll-without-colons"])]
    public Task A_poll_names_the_phone() => PollingAsync(200, async target =>
    {
        await Phone.Time.UntilAsync(() => target.Requests.Count > 0, Patience);
        var first = target.Requests.Count > 0 ? $"{target.Requests[0].Method} {target.Requests[0].Target}" : "no poll";
        ExpectText($"GET /dcmp/contact-me?device-id={Phone.Mac}", first, "poll");
    });

    [Case("wpi/1.4/2", Level.Must, "A phone whose poll was answered 200 does not call.", Catches = ["calls-after-every-poll"])]
    public Task After_200_the_phone_does_not_call() => PollingAsync(200, async _ =>
    {
        using var talk = Phone.Listen();
        await talk.SilenceAsync(Patience, "while polls are answered 200");
    });

    [Case("wpi/1.4/3", Level.Informational, "A phone whose poll was answered 202 calls with solicited (wiki).", Catches = ["poll-answer-ignored"])]
    public Task After_202_the_phone_calls() => PollingAsync(202, async _ =>
    {
        using var talk = Phone.Listen();
        var call = await talk.NextAsync("solicited after a poll that was answered 202", Patience);
        await talk.EndAsync();
        ExpectText("solicited", call.Reason, "ReasonForContact");
    });

    [Case("wpi/1.4/4", Level.Must, "Polls are repeated at the interval that the service wrote.", Catches = ["polls-once"])]
    public Task Polls_are_repeated() => PollingAsync(200, async target =>
    {
        await Phone.Time.UntilAsync(() => target.Requests.Count > 2, 4 * Interval);
        Expect(target.Requests.Count > 2, $"three polls in {4 * Interval.TotalSeconds:0} s", $"{target.Requests.Count}");
    });

    [Case("wpi/1.4/5", Level.Informational, "Contact-me works beside polling (wiki).", Catches = ["contact-me-ignored"])]
    public Task A_polling_phone_answers_contact_me() => PollingAsync(200, async _ =>
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        ExpectText("solicited", talk.Last.Reason, "ReasonForContact");
    });

    /// <summary>Has the phone poll an address that answers so, and stop again.</summary>
    private async Task PollingAsync(int status, Func<LabListener, Task> check)
    {
        using var target = Phone.Serve(ListenerKind.Http, _ => new LabAnswer(status, []));
        await ReplyToAsync(ServerAction.WriteItems, new Item("dcmp-url", new Uri(target.Url, "/dcmp/").ToString()), new Item("dcmp-interval", $"{Interval.TotalSeconds:0}"));
        try
        {
            await check(target);
        }
        finally
        {
            await ReplyToAsync(ServerAction.WriteItems, new Item("dcmp-url", ""));
        }
    }
}
