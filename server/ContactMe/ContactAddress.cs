using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenStage.Protocol.ContactMe;
using OpenStage.Server.Devices;

namespace OpenStage.Server.ContactMe;

/// <summary>Finds where a phone takes contact-me requests, and whether the server may call there.</summary>
/// <remarks>
/// The URI comes from whoever posted the message, so by default it must be the address the message came from. Behind
/// NAT the two differ; a contact-me could not pass the NAT anyway, such phones poll (WPI guide p.24).
/// </remarks>
/// <param name="resolve">Gives the addresses of a host name.</param>
internal sealed class ContactAddress(ServerOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Finds the target.</summary>
    /// <returns>The target, or null with the reason.</returns>
    public async Task<(ContactTarget? Target, string Error)> FindAsync(Device device, CancellationToken cancellation)
    {
        if (!TryRead(device, out var uri, out var caller, out var error))
            return (null, error);
        if (Literal(uri) is { } literal)
            return Check(uri, [literal], caller);
        // Nothing is resolved that could not be called anyway: the query itself would reach a server of the phone's choice.
        if (options is { ContactNetworks: null, AllowForeignContactAddress: false })
            return (null, $"contact-me-uri names the host {uri.Host}, but the phone called from {caller}");
        try
        {
            return Check(uri, await resolve(uri.Host, cancellation).WaitAsync(options.ContactTimeout, cancellation), caller);
        }
        catch (Exception failed) when (failed is SocketException or TimeoutException or ArgumentException)
        {
            return (null, $"the host {uri.Host} of contact-me-uri has no address: {failed.Message}");
        }
    }

    /// <summary>The address at which a phone takes contact-me requests, if it tells no name; else null.</summary>
    public static IPAddress? Literal(Device device) => TryRead(device, out var uri, out _, out _) ? Literal(uri) : null;

    /// <summary>An address in its plain form: of an IPv4 address written as IPv6 the IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private (ContactTarget? Target, string Error) Check(Uri uri, IReadOnlyList<IPAddress> addresses, IPAddress caller)
    {
        if (addresses.Select(Plain).FirstOrDefault(address => IsAllowed(address, caller)) is { } found)
            return (new ContactTarget(uri, found), "");
        var rule = options.ContactNetworks is { } networks ? $"allowed is {string.Join(", ", networks)}" : $"the phone called from {caller}";
        return (null, $"contact-me-uri names the host {uri.Host}, but {rule}");
    }

    private bool IsAllowed(IPAddress address, IPAddress caller) => options.ContactNetworks is { } networks
        ? networks.Any(network => network.Contains(address))
        : options.AllowForeignContactAddress || address.Equals(caller);

    private static bool TryRead(
        Device device, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(true)] out IPAddress? caller, [NotNullWhen(false)] out string? error)
    {
        error = null;
        uri = null;
        if (!IPAddress.TryParse(device.Address, out caller))
        {
            error = $"the phone's address '{device.Address}' is no IP address";
            return false;
        }

        caller = Plain(caller);
        if (device.ContactMeUri.Length == 0)
        {
            uri = Of(caller, ContactMeRequest.DefaultPort);
            return true;
        }

        if (Uri.TryCreate(device.ContactMeUri, UriKind.Absolute, out uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            return true;
        error = "contact-me-uri is no http or https address";
        uri = null;
        return false;
    }

    /// <summary>The guide's address of a phone (p.14).</summary>
    public static Uri Of(IPAddress address, int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://{new IPEndPoint(address, port)}{ContactMeRequest.Path}"));

    private static IPAddress? Literal(Uri uri) => IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? Plain(address) : null;
}
