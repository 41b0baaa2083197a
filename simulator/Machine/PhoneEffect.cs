using System.Collections.Immutable;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Machine;

/// <summary>What a phone does to the world around it.</summary>
public abstract record PhoneEffect
{
    private PhoneEffect()
    {
    }

    /// <summary>Posts a message; the answer comes back as an event.</summary>
    public sealed record Post(Uri Server, string Method, ImmutableList<HttpHeader> Headers, ReadOnlyMemory<byte> Body, Delivery Delivery) : PhoneEffect;

    /// <summary>Closes the connection to the service (WPI guide p.31).</summary>
    public sealed record CloseConnection : PhoneEffect;

    public sealed record StartTimer(PhoneTimer Timer, TimeSpan Span) : PhoneEffect;

    public sealed record StopTimer(PhoneTimer Timer) : PhoneEffect;

    /// <summary>Answers a contact-me (WPI guide p.15).</summary>
    public sealed record AnswerContactMe(int Status, string Reason, string Server, string Body, string ContentType = "text/html", bool HasLength = true) : PhoneEffect;

    /// <summary>Takes contact-me requests from now on, or no more.</summary>
    public sealed record Listen(bool On) : PhoneEffect;

    /// <summary>Fetches a file; the result comes back as an event with the same number.</summary>
    public sealed record Download(int Number, FileRequest File) : PhoneEffect;

    /// <summary>Asks a poll address; its status comes back as an event.</summary>
    public sealed record Poll(Uri Address) : PhoneEffect;

    /// <summary>Trusts and shows these certificates from the next connection on; null is Default Mode.</summary>
    public sealed record Trust(SecureModeData? Data) : PhoneEffect;

    public sealed record Observe(Observation Observation) : PhoneEffect;
}
