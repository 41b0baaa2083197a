using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>A reason to call the service.</summary>
/// <param name="Server">Where to call; null for the configured service.</param>
/// <param name="BecauseIdle">True when send-solicited asked for this call (WPI guide p.72).</param>
/// <param name="Changed">The changed items of local-changes.</param>
internal sealed record PendingContact(ContactReason Reason, Uri? Server = null, IReadOnlyList<Item>? Changed = null, bool BecauseIdle = false);
