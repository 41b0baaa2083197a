using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>What happens to a phone.</summary>
public abstract record PhoneEvent
{
    private PhoneEvent()
    {
    }

    public sealed record PowerOn : PhoneEvent;

    public sealed record PowerOff : PhoneEvent;

    /// <summary>A contact-me request; null when it was not understood, with the reason.</summary>
    public sealed record ContactMe(string Method, ContactMeRequest? Request, string Error) : PhoneEvent;

    /// <summary>The service answered the POST.</summary>
    /// <param name="Cookies">Values of the Set-Cookie headers.</param>
    public sealed record Answer(int Status, IReadOnlyList<string> Cookies, bool Chunked, ReadOnlyMemory<byte> Body) : PhoneEvent;

    /// <summary>The POST could not be delivered, or its answer not be received.</summary>
    public sealed record Undelivered(string Reason) : PhoneEvent;

    public sealed record TimerFired(PhoneTimer Timer) : PhoneEvent;

    public sealed record CallStarted : PhoneEvent;

    public sealed record CallEnded : PhoneEvent;

    /// <summary>Somebody changed settings at the phone.</summary>
    public sealed record LocalChange(IReadOnlyList<Item> Items) : PhoneEvent;

    /// <summary>Somebody restarts the phone by its menu.</summary>
    public sealed record Restart : PhoneEvent;
}
