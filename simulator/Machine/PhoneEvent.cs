using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine.Deployment;

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
    /// <param name="Text">The request as it came.</param>
    public sealed record ContactMe(string Method, ContactMeRequest? Request, string Error, string Text = "") : PhoneEvent;

    /// <summary>The service answered the POST.</summary>
    /// <param name="Cookies">Values of the Set-Cookie headers.</param>
    public sealed record Answer(int Status, IReadOnlyList<string> Cookies, bool Chunked, ReadOnlyMemory<byte> Body) : PhoneEvent;

    /// <summary>The POST could not be delivered, or its answer not be received.</summary>
    public sealed record Undelivered(string Reason) : PhoneEvent;

    public sealed record TimerFired(PhoneTimer Timer) : PhoneEvent;

    /// <summary>A download has ended.</summary>
    public sealed record Downloaded(int Number, DownloadResult Result) : PhoneEvent;

    /// <summary>The poll address has answered; null for no answer.</summary>
    public sealed record Polled(int? Status) : PhoneEvent;

    /// <summary>So many key modules are plugged in now.</summary>
    public sealed record KeyModulesPlugged(int Count) : PhoneEvent;

    /// <summary>Somebody enters the PIN that the phone asks for (WPI guide p.65).</summary>
    public sealed record PinEntered(string Pin) : PhoneEvent;

    /// <summary>A mobile user logs on with number and password (field).</summary>
    public sealed record LogOn(string User, string Password) : PhoneEvent;

    public sealed record LogOff(string Password) : PhoneEvent;

    public sealed record CallStarted : PhoneEvent;

    public sealed record CallEnded : PhoneEvent;

    /// <summary>Somebody changed settings at the phone.</summary>
    public sealed record LocalChange(IReadOnlyList<Item> Items) : PhoneEvent;

    /// <summary>Somebody restarts the phone by its menu.</summary>
    public sealed record Restart : PhoneEvent;
}
