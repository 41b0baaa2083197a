using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace OpenStage.Protocol.ContactMe;

public sealed partial record ContactMeRequest
{
    /// <summary>The request as a POST form or, behind a question mark, as a GET query.</summary>
    public string ToForm()
    {
        var form = new StringBuilder("ContactMe=").Append(CallBack ? "true" : "false");
        if (ServerAddress is { } address)
            form.Append("&dls_ip_addr=").Append(Uri.EscapeDataString(address));
        if (ServerPort is { } port)
            form.Append(CultureInfo.InvariantCulture, $"&dls_ip_port={port}");
        return form.ToString();
    }

    /// <summary>Reads a contact-me as a phone does: a POST form, a GET query, or a bare GET.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="query">Query without the question mark.</param>
    /// <param name="body">Form of a POST; empty for a GET.</param>
    /// <param name="error">What is wrong with the request, naming parameter, value and what is allowed.</param>
    public static bool TryParse(
        string method, string query, string body,
        [NotNullWhen(true)] out ContactMeRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        var isPost = method == "POST";
        if (!isPost && method != "GET")
        {
            error = $"Method {method}: allowed are POST and GET.";
            return false;
        }

        var text = isPost && body.Length > 0 ? body : query;
        if (text.Length == 0)
        {
            // Field: a bare GET is used to wake phones. A POST must say ContactMe (WPI guide p.14).
            error = isPost ? "ContactMe is missing; allowed is ContactMe=true." : null;
            request = isPost ? null : new ContactMeRequest(true);
            return !isPost;
        }

        return TryParseParameters(text, out request, out error);
    }

    private static bool TryParseParameters(
        string text, [NotNullWhen(true)] out ContactMeRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = null;
        string? contactMe = null, address = null;
        int? port = null;
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]).Trim();
            var value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]).Trim();
            if (name == "ContactMe")
                contactMe = value;
            else if (name == "dls_ip_addr")
            {
                if (Uri.CheckHostName(value.Trim('[', ']')) == UriHostNameType.Unknown)
                    error = $"dls_ip_addr '{value}': allowed is an IP address or a host name.";
                address = value.Trim('[', ']');
            }
            else if (name == "dls_ip_port")
            {
                if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536)
                    port = number;
                else
                    error = $"dls_ip_port '{value}': allowed is 1 to 65535.";
            }
        }

        if (contactMe is null)
            error ??= "ContactMe is missing; allowed is ContactMe=true.";
        if (error is not null)
            return false;

        // Other values than true are not documented; INFERRED: no call-back.
        request = new ContactMeRequest(contactMe!.Equals("true", StringComparison.OrdinalIgnoreCase), address, port);
        return true;
    }
}
