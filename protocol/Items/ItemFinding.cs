using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Items;

/// <summary>Why an item cannot be written or read.</summary>
/// <param name="Status">The status a phone would report (WPI guide p.26).</param>
/// <param name="Expected">What is allowed.</param>
/// <param name="Actual">What came; *** for secrets.</param>
public sealed record ItemFinding(ItemStatus Status, string Expected, string Actual);
