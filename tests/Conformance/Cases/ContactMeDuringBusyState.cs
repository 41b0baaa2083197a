using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>How a busy phone is called back (WPI guide p.72-76).</summary>
[Guide("3.7.3", Page = 72)]
public sealed class ContactMeDuringBusyState(string phoneId) : PhoneCases(phoneId)
{
    private const Capability Needs = Capability.Call | Capability.SendSolicited;

    private static readonly Item Setting = new("sntp-addr", "ntp7.example.net");

    [Case("wpi/3.7.3/1", Level.Must, "Several send-solicited make one call: the phone keeps a flag, not a count.", Page = 75,
        Needs = Needs, Catches = ["send-solicited-twice"])]
    public async Task Two_send_solicited_make_one_call()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        using var second = await RefusedAsync();
        await Phone.EndCallAsync();
        await second.NextAsync("solicited after the call");
        await second.EndAsync();
        await second.SilenceAsync(TimeSpan.FromSeconds(60), "after the one call");
    }

    [Case("wpi/3.7.3/2", Level.Must, "An idle phone that gets send-solicited calls at once.", Page = 75,
        Needs = Needs, Catches = ["send-solicited-forgotten"])]
    public async Task An_idle_phone_calls_at_once()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndWithSendSolicitedAsync();
        var call = await talk.NextAsync("solicited at once");
        await talk.EndAsync();
        ExpectText("solicited", call.Reason, "ReasonForContact");
    }

    [Case("wpi/3.7.3/3", Level.Must, "The phone calls when it is idle, not before.", Page = 72,
        Needs = Needs, Catches = ["send-solicited-immediate"])]
    public async Task The_phone_does_not_call_while_the_call_lasts()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "while the call lasts");
    }

    [Case("wpi/3.7.3/4", Level.Informational, "A plain CleanUp leaves the flag as it is (deduced from steps 10 and 17).", Page = 75,
        Needs = Needs, Catches = ["cleanup-cleared-flag"])]
    public async Task A_plain_CleanUp_does_not_clear_the_flag()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        using var second = await Phone.SolicitAsync();
        await second.EndAsync();
        await Phone.EndCallAsync();
        await second.NextAsync("solicited after the call");
        await second.EndAsync();
    }

    [Case("wpi/3.7.3/5", Level.Must, "A restart clears the flag.", Page = 72,
        Needs = Needs | Capability.Restart, Catches = ["send-solicited-kept-over-restart"])]
    public async Task A_restart_clears_the_flag()
    {
        await Phone.StartCallAsync();
        using var talk = await RefusedAsync();
        using var second = await Phone.SolicitAsync();
        second.Answer(ServerAction.Restart);
        await second.NextAsync("start-up after Restart", LabSession.RestartPatience);
        await second.EndAsync();
        await second.SilenceAsync(TimeSpan.FromSeconds(60), "after start-up, as the flag does not outlive a restart");
    }

    private async Task<Harness.Conversations.Conversation> RefusedAsync()
    {
        var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Setting);
        await talk.EndWithSendSolicitedAsync();
        return talk;
    }
}
