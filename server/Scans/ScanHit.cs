namespace OpenStage.Server.Scans;

/// <summary>An address that answered a contact-me, or from which a phone called.</summary>
/// <param name="Status">HTTP status of the answer, 204 of a phone; null when there was none.</param>
/// <param name="Phones">Phones that called from there within a minute.</param>
public sealed record ScanHit(string Address, DateTimeOffset Sent, int? Status, IReadOnlyList<ScanCall> Phones);
