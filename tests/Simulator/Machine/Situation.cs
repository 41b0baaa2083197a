using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

/// <summary>What a phone that waits for an answer may be in the middle of when the answer comes.</summary>
internal sealed record Situation(string Name, Func<Driven> Phone)
{
    public static IReadOnlyList<Situation> All { get; } =
    [
        new("after start-up", () => new Driven()),
        new("with fragments to send", () => Solicited(new Driven(fragmentItems: 4)).Gets(ServerAction.ReadItems, [.. Enumerable.Range(1, 9).Select(key => new Item("function-key-def", "", key > 8 ? 1 : key))])),
        new("in a call, to be called when idle", () => Solicited(Solicited(new Driven()).Happens(new PhoneEvent.CallStarted()).Gets(ServerAction.CleanUp, new Item("send-solicited", "true")).After(Gap))),
        new("of old firmware, with a local change", () => new Driven("V2 R1.20.0").Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LocalChange([new Item("dhcp", "false")]))),
        new("logging on a mobile user", () => Solicited(new Driven()).Gets(ServerAction.WriteItems, new Item("mobility-enabled", "true")).Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LogOn("4711", "1234"))),
        new("after it has complained", () => new Driven().Gets("no message")),
    ];

    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(6);

    public override string ToString() => Name;

    private static Driven Solicited(Driven phone)
    {
        if (phone.Phone.InInteraction && !phone.Phone.InCall)
            phone.Gets(ServerAction.CleanUp);
        return phone.IsContacted();
    }
}
