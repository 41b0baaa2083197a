using System.Text.Json.Serialization;
using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Interactions;

/// <summary>
/// All there is to know about one conversation with one phone. A value that is stored before each answer leaves, so
/// that a server that is killed between any two messages goes on where it was.
/// </summary>
internal sealed record InteractionState
{
    /// <summary>Value of the session cookie, the only thing that ties a reply to its interaction (WPI guide p.13, p.48).</summary>
    public required string Cookie { get; init; }

    public required string Mac { get; init; }

    /// <summary>SHA-256 of the client certificate that it began with, hex; empty on the default port. It goes on with no other (p.65).</summary>
    public string ClientThumbprint { get; init; } = "";

    public ContactReason Reason { get; init; }

    /// <summary>Nonce of the message that opened the interaction.</summary>
    public string InitialNonce { get; init; } = "";

    public string LastNonce { get; init; } = "";

    /// <summary>Hash of the last body without its nonce, to know a repeated POST.</summary>
    public string LastBodyHash { get; init; } = "";

    public DlsMessage? LastAnswer { get; init; }

    public DateTimeOffset LastMessage { get; init; }

    /// <summary>When all items of the phone were last read, in this interaction or before it.</summary>
    public DateTimeOffset? ItemsRead { get; init; }

    /// <summary>Most items the phone takes in one message (p.28).</summary>
    public int? MaxItems { get; init; }

    /// <summary>The action that a reply is awaited for; None when none is.</summary>
    public ServerAction Expected { get; init; }

    /// <summary>What the action is for.</summary>
    public InteractionPurpose Purpose { get; init; }

    /// <summary>What is still to be done before jobs are: what a phone that registers is asked and told.</summary>
    public IReadOnlyList<InteractionPurpose> Duties { get; init; } = [];

    /// <summary>True while the phone has still to tell all its items, for no job.</summary>
    [JsonIgnore]
    public bool IsRegistering => (Purpose == InteractionPurpose.Registration && Expected != ServerAction.None) || Duties.Contains(InteractionPurpose.Registration);

    /// <summary>Items of a write for no job that did not fit into the message (p.71).</summary>
    public IReadOnlyList<Item> Rest { get; init; } = [];

    /// <summary>The phone has the firmware it was known with, and says that its configuration is unchanged (p.34).</summary>
    public bool Unchanged { get; init; }

    /// <summary>Number of the mobile user this is about, or empty.</summary>
    public string MobileUser { get; init; } = "";

    /// <summary>The job behind <see cref="Expected"/>; null when it is for no job.</summary>
    public long? Job { get; init; }

    /// <summary>Items of the action that a reply is awaited for.</summary>
    public IReadOnlyList<Item> Part { get; init; } = [];

    /// <summary>Fragments of the reply so far (p.70).</summary>
    public FragmentAssembler? Fragments { get; init; }

    /// <summary>Jobs waiting for an idle phone that this interaction may serve.</summary>
    public IReadOnlyList<long> WaitingToServe { get; init; } = [];

    /// <summary>The phone answered busy in this interaction.</summary>
    public bool WasBusy { get; init; }

    /// <summary>The phone answered a write other than busy: it is idle.</summary>
    public bool WroteIdle { get; init; }

    public bool Ended { get; init; }

    /// <summary>
    /// The phone as of this interaction, its last. What a message changes of most phones is times, and those are here: its
    /// own record need not be written for them.
    /// </summary>
    public Device AsOfNow(Device phone) => LastMessage < phone.LastSeen
        ? phone
        : phone with { LastSeen = LastMessage, ItemsRead = ItemsRead ?? phone.ItemsRead };
}
