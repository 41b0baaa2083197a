using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>A reason to call the service.</summary>
/// <param name="Server">Where to call; null for the configured service.</param>
/// <param name="BecauseIdle">True when send-solicited asked for this call (WPI guide p.72).</param>
/// <param name="Extra">Items beside the basic ones: the changed ones of local-changes, the result of a transfer.</param>
/// <param name="Mobility">The step of a logon or logoff that its end completes.</param>
internal sealed record PendingContact(ContactReason Reason, Uri? Server = null, IReadOnlyList<Item>? Extra = null, bool BecauseIdle = false, MobilityStep Mobility = default);
