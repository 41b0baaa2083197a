using System.Globalization;
using System.Net;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Files;

namespace OpenStage.Server;

/// <summary>Refuses options that make no sense, naming key, value and allowed range.</summary>
internal static class ServerOptionsCheck
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="RequestException">An option is out of its range.</exception>
    public static void Check(ServerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.DataFolder), nameof(options.DataFolder), options.DataFolder, "the path of a folder");
        Number(nameof(options.PhonePort), options.PhonePort, 0, 65535);
        Number(nameof(options.AdminPort), options.AdminPort, 0, 65535);
        Require(options.PhonePort == 0 || options.PhonePort != options.AdminPort || !options.ListenAddress.Equals(options.AdminAddress),
            nameof(options.AdminPort), options.AdminPort, "another port than PhonePort");
        Require(options.AdminCertificate is not null || options.AllowClearAdmin || IPAddress.IsLoopback(options.AdminAddress),
            nameof(options.AdminAddress), options.AdminAddress,
            $"an address of this machine alone such as 127.0.0.1, or any with HTTPS ({nameof(options.AdminCertificate)}); without, passwords cross the network in clear ({nameof(options.AllowClearAdmin)})");
        if (options.AdminCertificate is { } certificate)
            Require(!string.IsNullOrWhiteSpace(certificate), nameof(options.AdminCertificate), certificate, "the path of a PFX file");
        Span(nameof(options.AuditRetention), options.AuditRetention, Day, 3650 * Day);
        SecurePort(options);
        if (options.PollPort is { } poll)
            CheckPollPort(options, poll);
        Number(nameof(options.MaxMessageBytes), options.MaxMessageBytes, 1024, MessageLimits.HardMaxBytes);
        Number(nameof(options.MaxFileBytes), options.MaxFileBytes, 1024, 4L * 1024 * 1024 * 1024);
        Number(nameof(options.LeastDownloadRate), options.LeastDownloadRate, 1, 1024 * 1024);
        Require(options.PhonePaths.Count > 0, nameof(options.PhonePaths), "none", "at least one path");
        foreach (var path in options.PhonePaths)
        {
            Require(path.StartsWith('/') && path.Length > 1 && !path.AsSpan().ContainsAny("?#; "), nameof(options.PhonePaths), path, "an absolute path such as /provisioningService");
            Require(!FileTarget.Covers(path), nameof(options.PhonePaths), path, $"a path outside of {FileTarget.Area}");
        }

        if (options.ContactGap is { } gap)
            Span(nameof(options.ContactGap), gap, TimeSpan.Zero, Day);
        Span(nameof(options.ContactInterval), options.ContactInterval, Second, Hour);
        Span(nameof(options.ContactTimeout), options.ContactTimeout, Second, TimeSpan.FromMinutes(5));
        Span(nameof(options.CallBackTimeout), options.CallBackTimeout, Second, Hour);
        Span(nameof(options.ReplyTimeout), options.ReplyTimeout, Second, Hour);
        Span(nameof(options.BusyRetryInterval), options.BusyRetryInterval, Second, Day);
        Span(nameof(options.IdleCallTimeout), options.IdleCallTimeout, Second, 7 * Day);
        Span(nameof(options.StartUpTimeout), options.StartUpTimeout, Second, Day);
        Span(nameof(options.StatusTimeout), options.StatusTimeout, Second, Day);
        Span(nameof(options.SoftwareTimeout), options.SoftwareTimeout, Second, Day);
        Span(nameof(options.SecureModeTimeout), options.SecureModeTimeout, Second, 30 * Day);
        Span(nameof(options.JobLifetime), options.JobLifetime, Second, 365 * Day);
        Number(nameof(options.JobAttempts), options.JobAttempts, 1, 100);
        Span(nameof(options.StopTimeout), options.StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Number(nameof(options.MaxInteractions), options.MaxInteractions, 1, 100_000);
        Number(nameof(options.MaxConnections), options.MaxConnections, 1, 1_000_000);
        Span(nameof(options.HeadTimeout), options.HeadTimeout, Second, TimeSpan.FromMinutes(5));
        Span(nameof(options.BodyGrace), options.BodyGrace, TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(5));
        Number(nameof(options.MinBodyRate), options.MinBodyRate, 1, 1_000_000);
        // The wrapper takes a kilobyte or two, and the largest item must still fit.
        if (options.SignAnswers)
            Number(nameof(options.MaxMessageBytes), options.MaxMessageBytes, 8192, MessageLimits.HardMaxBytes);
        if (options.ContactNetworks is { } networks)
            Require(networks.Count > 0, nameof(options.ContactNetworks), "none", "at least one network, or null");
        Span(nameof(options.RedirectTimeout), options.RedirectTimeout, Second, TimeSpan.FromMinutes(5));
        if (options.RedirectService is { } redirect)
            Require(IsService(redirect), nameof(options.RedirectService), Shown(redirect), "an absolute http or https address without user, query and fragment");
        // Not the value itself.
        Require(options.RedirectToken is not { } token || (token.Length > 0 && token.All(letter => letter is > ' ' and < '\u007f')),
            nameof(options.RedirectToken), "one not shown here", "visible ASCII characters");
        if (options.AdvertisedAddress is { } address)
            Require(Uri.CheckHostName(address) != UriHostNameType.Unknown, nameof(options.AdvertisedAddress), address, "an IP address or a host name");
    }

    private static void SecurePort(ServerOptions options)
    {
        Span(nameof(options.ClientCertificateLifetime), options.ClientCertificateLifetime, Day, 7305 * Day);
        if (options.SecurePort is not { } port)
            return;
        Number(nameof(options.SecurePort), port, 0, 65535);
        Require(port == 0 || port != options.PhonePort, nameof(options.SecurePort), port, "another port than PhonePort");
        Require(port == 0 || port != options.AdminPort || !options.ListenAddress.Equals(options.AdminAddress),
            nameof(options.SecurePort), port, "another port than AdminPort");
    }

    private static void CheckPollPort(ServerOptions options, int port)
    {
        Number(nameof(options.PollPort), port, 0, 65535);
        Require(port == 0 || port != options.PhonePort, nameof(options.PollPort), port, "another port than PhonePort");
        Require(port == 0 || port != options.AdminPort || !options.ListenAddress.Equals(options.AdminAddress),
            nameof(options.PollPort), port, "another port than AdminPort");
    }

    /// <summary>Without what may be a password.</summary>
    private static string Shown(Uri address) =>
        address.IsAbsoluteUri ? $"{address.Scheme}://{address.Authority}{address.AbsolutePath}" : address.OriginalString;

    private static bool IsService(Uri address) => address.IsAbsoluteUri && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    private static void Number(string key, long value, long least, long most) =>
        Require(value >= least && value <= most, key, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    private static void Span(string key, TimeSpan value, TimeSpan least, TimeSpan most) => Require(value >= least && value <= most,
        key, string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds} s"),
        string.Create(CultureInfo.InvariantCulture, $"{least.TotalSeconds} s to {most.TotalSeconds} s"));

    private static void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            throw new RequestException(key, string.Create(CultureInfo.InvariantCulture, $"{value}"), allowed);
    }
}
