using System.Net;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Scans;

/// <summary>What a scan works with.</summary>
/// <param name="SendAsync">Sends a contact-me to an address and port; whatever the other side does is in the exchange.</param>
/// <param name="Failed">Takes down an error of the server.</param>
internal sealed record ScanParts(
    TimeProvider Time, ContactPace Pace, Activity Activity,
    Func<IPAddress, int, CancellationToken, Task<HttpExchange>> SendAsync, Action<IPAddress, Exception> Failed);
