using OpenStage.Harness.Conversations;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>The one call after send-solicited (WPI guide p.72-75).</summary>
[Guide("3.7.3", Page = 72)]
public sealed class CallBackWhenIdle(string phoneId) : PhoneCases(phoneId)
{
    private const Capability Needs = Capability.Call | Capability.SendSolicited;

    [Case("wpi/3.7.3/6", Level.Must, "A factory reset clears the flag.", Needs = Needs | Capability.FactoryReset, Catches = ["send-solicited-kept-over-restart"])]
    public async Task A_factory_reset_clears_the_flag()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        using var second = await Phone.SolicitAsync();
        second.Answer(ServerAction.Restart, new Item("restart-password", "124816"), new Item("restart-type", "FactoryReset"));
        await second.NextAsync("start-up after the factory reset", LabSession.RestartPatience);
        await second.EndAsync();
        await second.SilenceAsync(TimeSpan.FromSeconds(60), "after start-up, as the flag does not outlive a factory reset");
    }

    [Case("wpi/3.7.3/7", Level.Must, "One call-back uses the flag up.", Page = 75, Needs = Needs, Catches = ["calls-back-without-send-solicited"])]
    public async Task The_next_call_brings_no_call_back()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        await Phone.EndCallAsync();
        await talk.NextAsync("solicited after the call");
        await talk.EndAsync();
        await Phone.StartCallAsync();
        await Phone.EndCallAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after a later call");
    }

    [Case("wpi/3.7.3/8", Level.Must, "The call-back says solicited with the basic items.", Needs = Needs, Catches = ["no-e164", "no-contact-me-uri"])]
    public async Task The_call_back_has_the_basic_items()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        await Phone.EndCallAsync();
        var call = await talk.NextAsync("solicited after the call");
        await talk.EndAsync();
        var missing = new[] { "contact-me-uri", "mac-addr", "e164" }.Where(name => call.Item(name) is null).ToList();
        Expect(call.Reason == "solicited" && missing.Count == 0, "solicited with contact-me-uri, mac-addr and e164", $"{call} without {string.Join(", ", missing)}");
    }

    private async Task<Conversation> RefusedAsync()
    {
        var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sntp-addr", "ntp15.example.net"));
        await talk.EndWithSendSolicitedAsync();
        return talk;
    }
}
