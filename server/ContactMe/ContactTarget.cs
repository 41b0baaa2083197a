using System.Net;

namespace OpenStage.Server.ContactMe;

/// <summary>Where a contact-me goes.</summary>
/// <param name="Uri">What the request names.</param>
/// <param name="Address">The address that was checked, and that is connected to whatever the name resolves to by then.</param>
internal sealed record ContactTarget(Uri Uri, IPAddress Address);
