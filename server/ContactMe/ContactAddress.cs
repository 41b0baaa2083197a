using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using OpenStage.Protocol.ContactMe;
using OpenStage.Server.Devices;

namespace OpenStage.Server.ContactMe;

/// <summary>Where a phone takes contact-me requests.</summary>
internal static class ContactAddress
{
    /// <summary>Finds the address.</summary>
    /// <remarks>
    /// The URI comes from whoever posted the message, so by default it must be the address the message came from. Behind
    /// NAT the two differ; a contact-me could not pass the NAT anyway, such phones poll (WPI guide p.24).
    /// </remarks>
    public static bool TryFind(
        Device device, bool allowForeign, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(false)] out string? error)
    {
        error = null;
        uri = null;
        if (!IPAddress.TryParse(device.Address, out var caller))
        {
            error = $"the phone's address '{device.Address}' is no IP address";
            return false;
        }

        if (device.ContactMeUri.Length == 0)
        {
            var host = caller.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{caller}]" : caller.ToString();
            uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{ContactMeRequest.DefaultPort}{ContactMeRequest.Path}"));
            return true;
        }

        if (!Uri.TryCreate(device.ContactMeUri, UriKind.Absolute, out uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            error = "contact-me-uri is no http or https address";
            uri = null;
            return false;
        }

        if (allowForeign || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var target) && target.Equals(caller)))
            return true;
        error = $"contact-me-uri names the host {uri.Host}, but the phone called from {caller}";
        uri = null;
        return false;
    }
}
