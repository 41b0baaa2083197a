using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>
/// Whether verdicts on a phone mean anything: it calls when it is asked to, and it is the phone that the lab file says
/// (WPI guide p.14, p.35).
/// </summary>
public abstract class SanityCases(string phoneId) : PhoneCases(phoneId)
{
    protected const string Requirement = "A phone that is asked to call does, and tells who it is.";

    protected async Task CallsAndIsTheOneThatIsMeantAsync()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("mac-addr"), new Item("device-type"));
        Expect(Same(reply.Item("mac-addr")?.Text, Phone.Mac), $"mac-addr '{Phone.Mac}'", $"'{reply.Item("mac-addr")?.Text}'");
        Expect(Same(reply.Item("device-type")?.Text, Phone.Entry.Model), $"device-type '{Phone.Entry.Model}'", $"'{reply.Item("device-type")?.Text}'");
    }

    private static bool Same(string? told, string meant) => meant.Equals(told, StringComparison.OrdinalIgnoreCase);
}
