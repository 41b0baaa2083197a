using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Wire;

/// <summary>Is told what a phone does, on whichever thread does it; fleets count with it.</summary>
internal interface IPhoneWatch
{
    /// <summary>The phone waits for its turn to connect.</summary>
    void Waits();

    /// <summary>Its turn has come.</summary>
    void Connects();

    /// <summary>A connection is open.</summary>
    /// <param name="connect">Time of the TCP connection.</param>
    /// <param name="handshake">Time of the TLS handshake.</param>
    void Connected(TimeSpan connect, TimeSpan handshake);

    /// <summary>A message was answered.</summary>
    /// <param name="span">From the first byte of the message to the last of the answer.</param>
    /// <param name="sent">Bytes of the message with its HTTP head.</param>
    /// <param name="received">Bytes of the body of the answer.</param>
    void Answered(TimeSpan span, int sent, int received);

    /// <summary>Something went wrong on the wire, or the service did otherwise than the guide says.</summary>
    /// <param name="kind">A few words, the same for all errors of a kind.</param>
    void Failed(string kind);

    /// <summary>The machine has taken an event.</summary>
    void Handled(Phone phone);
}
