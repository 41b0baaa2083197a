using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Interactions;

/// <summary>What one message did: the state to store, the answer to send, and what else to store first.</summary>
internal sealed record InteractionStep(InteractionState State, DlsMessage Answer, IReadOnlyList<InteractionEffect> Effects);
