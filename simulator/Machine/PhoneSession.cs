using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>An interaction as the phone sees it: from its first message to CleanUp.</summary>
internal sealed class PhoneSession(Uri server, PendingContact contact)
{
    public Uri Server { get; } = server;

    /// <summary>Why the phone called.</summary>
    public PendingContact Contact { get; } = contact;

    /// <summary>The cookie of the service (WPI guide p.34), as it goes back.</summary>
    public string Cookie { get; set; } = "";

    /// <summary>Nonce of the message that waits for an answer.</summary>
    public string Nonce { get; set; } = "";

    /// <summary>The POST that waits for an answer, to be tried again when it is lost.</summary>
    public PhoneEffect.Post? LastPost { get; set; }

    /// <summary>How often that POST was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Fragments of the reply that the service has not asked for yet.</summary>
    public Queue<WorkpointMessage> Fragments { get; } = new();

    /// <summary>True once the phone has complained about invalid XML; the next answer ends the interaction.</summary>
    public bool Complained { get; set; }

    /// <summary>True once the phone has replied to CleanUp, which only a quirk makes it do.</summary>
    public bool AnsweredCleanUp { get; set; }

    /// <summary>True once the phone has replied to an action.</summary>
    public bool Replied { get; set; }

    /// <summary>Number of WriteItems taken.</summary>
    public int Writes { get; set; }
}
