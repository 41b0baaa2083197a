using OpenStage.Harness.Sessions;
using OpenStage.Protocol.Recordings;

namespace OpenStage.Harness.Reproduction;

/// <summary>The recording of a phone, made of what a run kept of it.</summary>
public static class PhoneRecording
{
    /// <summary>Exchanges at the start of a run that show how the phone speaks.</summary>
    private const int MostOthers = 12;

    /// <summary>What a phone said in the whole run, secrets masked; null when it never said what it is.</summary>
    public static Protocol.Recordings.Recording? Of(LabSession session, string phoneId)
    {
        ArgumentNullException.ThrowIfNull(session);
        var mac = session.Lab.Phones.First(phone => phone.Id == phoneId).Mac;
        var builder = new RecordingBuilder();
        foreach (var exchange in session.Recorder.From(0).Where(exchange => exchange.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase)))
            builder.Add(exchange);
        return builder.Recording;
    }

    /// <summary>
    /// As much of a recording as one case needs: its own exchanges first of all, as of two spellings of the same message
    /// the emulated phone takes the one that comes first, then those at the start of the run. The items are those of the whole run.
    /// </summary>
    /// <param name="from">When the case began, in milliseconds since the start of the lab.</param>
    /// <param name="to">When it ended.</param>
    internal static Protocol.Recordings.Recording Of(Protocol.Recordings.Recording whole, double from, double to)
    {
        var own = whole.Exchanges.Where(exchange => exchange.OffsetMilliseconds >= from && exchange.OffsetMilliseconds <= to).ToList();
        return whole with { Exchanges = [.. own, .. whole.Exchanges.Take(MostOthers).Except(own)] };
    }
}
