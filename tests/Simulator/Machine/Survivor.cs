using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Tests.Machine;

/// <summary>
/// The oracle for answers nobody should send: the phone does a bounded number of things, sends at most one message an
/// answer, comes to an end when the service says CleanUp, and afterwards takes a contact-me and reads an item as ever.
/// </summary>
internal static class Survivor
{
    private const int MostSteps = 60;
    private const int MostEffects = 300;

    private static readonly byte[] CleanUp = "<DLSMessage><Message nonce=\"1\"><Action>CleanUp</Action></Message></DLSMessage>"u8.ToArray();

    /// <exception cref="InvalidOperationException">The phone did not survive.</exception>
    public static void Takes(byte[] body, params string[] quirks) => Takes(new Driven(quirks: quirks), body);

    /// <param name="phone">Has sent a message that waits for this answer.</param>
    /// <exception cref="InvalidOperationException">The phone did not survive.</exception>
    public static void Takes(Driven phone, byte[] body)
    {
        Demand(phone.Posts.Count == 1, "the phone waits for no answer");
        phone.Happens(new PhoneEvent.Answer(200, [], false, body));
        for (var step = 0; Next(phone) is { } next; step++)
        {
            Demand(step < MostSteps, "the phone comes to no end");
            Demand(phone.Posts.Count <= 1, "the phone sends two messages at once");
            Demand(phone.Effects.Count <= MostEffects, "the phone does too much at once");
            phone.Happens(next);
        }

        Demand(!phone.Phone.InInteraction, "the interaction does not end");
        phone.After(TimeSpan.FromDays(36_500)).IsContacted();
        Demand(Sent(phone).Contains(">solicited<", StringComparison.Ordinal), "the phone does not answer a contact-me");
        phone.Gets(ServerAction.ReadItems, new Item("mac-addr"));
        Demand(Sent(phone).Contains("00:1A:E8:00:00:01", StringComparison.Ordinal), "the phone does not read its items");
    }

    private static PhoneEvent? Next(Driven phone)
    {
        if (phone.Phone.IsBooting)
            return new PhoneEvent.TimerFired(PhoneTimer.Boot);
        if (phone.Posts.Count > 0)
            return new PhoneEvent.Answer(200, [], false, CleanUp);
        if (phone.Effects.OfType<PhoneEffect.Download>().LastOrDefault() is { } download)
            return new PhoneEvent.Downloaded(download.Number, DownloadResult.Failed("nobody is there"));
        return phone.Phone.InInteraction ? new PhoneEvent.TimerFired(PhoneTimer.Retry) : null;
    }

    private static string Sent(Driven phone) => phone.Posts.Count == 1 ? Encoding.UTF8.GetString(phone.Posts[0].Body.Span) : "";

    private static void Demand(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidOperationException(fault);
    }
}
