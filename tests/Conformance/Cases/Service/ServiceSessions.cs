using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service knows which phone is talking (WPI guide p.13, p.28, p.31, p.34, p.48).</summary>
[Guide("3.3", Page = 34)]
public sealed class ServiceSessions(string serviceId) : ServiceCases(serviceId)
{
    [Case("srv/3.3/1", Level.Must, "The first answer of an interaction sets a session cookie.", Catches = ["no-cookie"])]
    public async Task The_first_answer_sets_a_cookie()
    {
        var answer = await Phone.SayAsync("start-up", isChanged: true);
        Expect(answer.Header("Set-Cookie")?.Contains('=', StringComparison.Ordinal) == true, "Set-Cookie with name and value", answer.Header("Set-Cookie") is null ? "none" : "one without a value");
    }

    [Case("srv/3.3/2", Level.Must, "A reply without mac-addr is known by its cookie.", Page = 48, Catches = ["cookie-not-read"])]
    public async Task A_reply_without_MAC_is_known_by_its_cookie()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        ExpectAction("GetNextFragment", await FirstFragmentAsync());
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.3/3", Level.Informational, "Attributes that come back with a cookie are ignored.", Page = 13, Catches = ["cookie-with-attributes-refused"])]
    public async Task Attributes_that_come_back_with_the_cookie_are_ignored()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        Expect(Phone.Cookie is not null, "Set-Cookie", "none");
        ExpectAction("GetNextFragment", await FirstFragmentAsync(new PhonePost { Cookie = $"{Phone.Cookie}; path=/" }));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.3/4", Level.Informational, "A message that opens an interaction starts a session of its own, whatever cookie it has.", Catches = ["old-cookie-refused"])]
    public async Task An_old_cookie_does_not_keep_a_new_interaction_from_beginning()
    {
        await RegisterAsync(Phone);
        ExpectAction("ReadAllItems", await Phone.PostAsync(Phone.Initiating("start-up", isChanged: true), new PhonePost { Cookie = Phone.Cookie ?? "JSESSIONID=0" }));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.3/5", Level.Should, "A session ends with CleanUp: what comes later with its cookie is answered with CleanUp.", Page = 31, Catches = ["session-goes-on"])]
    public async Task A_reply_after_CleanUp_is_not_served()
    {
        await RegisterAsync(Phone);
        ExpectEnd(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems));
    }

    [Case("srv/3.3/6", Level.Informational, "An empty Cookie header on first contact does no harm.", Page = 13, Catches = ["empty-cookie-refused"])]
    public async Task An_empty_cookie_header_does_no_harm()
    {
        var answer = await Phone.PostAsync(Phone.Initiating("start-up", isChanged: true), new PhonePost { Cookie = "" });
        ExpectAction("ReadAllItems", answer);
    }

    [Case("srv/3.3/7", Level.Must, "The answer to the first message carries its nonce.", Catches = ["no-nonce"])]
    public async Task The_first_answer_carries_the_nonce()
    {
        var asked = Phone.Initiating("start-up");
        ExpectText(asked.Nonce, (await Phone.PostAsync(asked)).Nonce, "nonce");
    }

    [Case("srv/3.3/8", Level.Must, "Each answer carries the nonce of the message that it answers.", Catches = ["nonce-of-the-first-message"])]
    public async Task Later_answers_carry_the_latest_nonce()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        var reply = Phone.Reply("ReadAllItems", Phone.AllItems);
        ExpectText(reply.Nonce, (await Phone.PostAsync(reply)).Nonce, "nonce");
    }

    [Case("srv/3.3/9", Level.Must, "A nonce is carried back as it came, whatever its letters and length.", Page = 33, Catches = ["nonce-in-capitals"])]
    public async Task A_nonce_in_lower_case_comes_back_as_it_was()
    {
        var asked = Phone.Initiating("start-up") with { Nonce = ScriptedPhone.NewNonce()[..23].ToLowerInvariant() };
        ExpectText(asked.Nonce, (await Phone.PostAsync(asked)).Nonce, "nonce");
    }

    [Case("srv/3.3/10", Level.Must, "Two phones that talk at the same time are never taken for one another.", Page = 28,
        ServiceNeeds = ServiceCapability.TwoPhones | ServiceCapability.WriteItems, Catches = ["phones-mixed-up"])]
    public async Task Two_phones_at_a_time_are_not_mixed_up()
    {
        var other = Service.Other;
        await RegisterAsync(Phone);
        await RegisterAsync(other);
        await Service.OrderAsync(Job(ServiceJobKind.WriteItems, new("display-text", "first"), new("date-format", "1")));
        await Service.OrderAsync(new ServiceJob(other.Mac, ServiceJobKind.WriteItems) { Items = [new("display-text", "second"), new("date-format", "2")] });
        await Phone.ContactedAsync();
        await other.ContactedAsync();

        var (mine, theirs) = (await Phone.SayAsync("solicited"), await other.SayAsync("solicited"));
        mine = await Phone.FollowAsync(mine, answer => answer.Action == "WriteItems");
        theirs = await other.FollowAsync(theirs, answer => answer.Action == "WriteItems");
        ExpectText("first", mine.Message.Item("display-text")?.Text, $"for {Phone.Mac}, display-text");
        ExpectText("second", theirs.Message.Item("display-text")?.Text, $"for {other.Mac}, display-text");
        ExpectEnd(await Phone.FollowAsync(mine));
        ExpectEnd(await other.FollowAsync(theirs));
    }

    private Task<ServiceAnswer> FirstFragmentAsync(PhonePost? how = null) =>
        Phone.PostAsync(Phone.Reply("ReadAllItems", new("sntp-addr", "ntp.example.net"), new("date-format", "0")) with { Fragment = "next" }, how);
}
