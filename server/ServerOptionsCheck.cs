using System.Globalization;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server;

/// <summary>Refuses options that make no sense, naming key, value and allowed range.</summary>
internal static class ServerOptionsCheck
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static void Check(ServerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.DataFolder), nameof(options.DataFolder), options.DataFolder, "the path of a folder");
        Number(nameof(options.PhonePort), options.PhonePort, 0, 65535);
        Number(nameof(options.AdminPort), options.AdminPort, 0, 65535);
        Require(options.PhonePort == 0 || options.PhonePort != options.AdminPort || !options.ListenAddress.Equals(options.AdminAddress),
            nameof(options.AdminPort), options.AdminPort, "another port than PhonePort");
        Number(nameof(options.MaxMessageBytes), options.MaxMessageBytes, 1024, MessageLimits.HardMaxBytes);
        Require(options.PhonePaths.Count > 0, nameof(options.PhonePaths), "none", "at least one path");
        foreach (var path in options.PhonePaths)
            Require(path.StartsWith('/') && path.Length > 1 && !path.AsSpan().ContainsAny("?#; "), nameof(options.PhonePaths), path, "an absolute path such as /provisioningService");
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
        if (options.AdvertisedAddress is { } address)
            Require(Uri.CheckHostName(address) != UriHostNameType.Unknown, nameof(options.AdvertisedAddress), address, "an IP address or a host name");
    }

    private static void Number(string key, int value, int least, int most) =>
        Require(value >= least && value <= most, key, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    private static void Span(string key, TimeSpan value, TimeSpan least, TimeSpan most) => Require(value >= least && value <= most,
        key, string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds} s"),
        string.Create(CultureInfo.InvariantCulture, $"{least.TotalSeconds} s to {most.TotalSeconds} s"));

    private static void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} '{value}': allowed is {allowed}."), key);
    }
}
