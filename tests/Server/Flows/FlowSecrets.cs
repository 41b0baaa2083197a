using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Protocol.SecureMode;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Tests.Flows;

/// <summary>
/// What is made anew in each run and therefore has a name in the transcript: addresses, cookies, certificates, tokens.
/// What the server says is named, what the phone says is filled in.
/// </summary>
internal sealed partial class FlowSecrets(RunningServer lab, string contact) : IDisposable
{
    private readonly Dictionary<string, string> seen = [];

    /// <summary>Of the phone, once the service gave it one; null before.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>The PIN that is entered at the phone.</summary>
    public string Pin { get; set; } = "";

    /// <summary>The text with the values of this run.</summary>
    public string Filled(string text) => Known().Concat(seen).Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    /// <summary>The text with names in the place of the values of this run.</summary>
    public string Named(string text)
    {
        text = Made().Replace(text, Learn);
        return Known().Concat(seen).Aggregate(text, (named, pair) => named.Replace(pair.Value, pair.Key, StringComparison.Ordinal));
    }

    public void Dispose() => Certificate?.Dispose();

    private IEnumerable<KeyValuePair<string, string>> Known()
    {
        yield return new("{service}", lab.Server.PhoneUrl.Authority);
        yield return new("{contact}", contact);
        yield return new("dls_ip_port={service-port}", $"dls_ip_port={Text(lab.Server.PhoneUrl.Port)}");
        if (lab.Server.SecureUrl is { } secure)
        {
            yield return new("{secure}", secure.Authority);
            yield return new("dls_ip_port={secure-port}", $"dls_ip_port={Text(secure.Port)}");
            yield return new("<Item name=\"dls-secure-port\">{secure-port}<", $"<Item name=\"dls-secure-port\">{Text(secure.Port)}<");
            foreach (var (number, authority) in lab.Server.Authority.Trusted.Index())
            {
                // Line ends of a text travel as references.
                yield return new($"{{authority-{number + 1}}}", Authority.Pem(authority).Replace("\n", "&#10;", StringComparison.Ordinal));
            }
        }

        if (lab.Server.PollUrl is { } poll)
            yield return new("{poll}", poll.Authority);
    }

    private string Learn(Match found)
    {
        var (name, value) = found.Groups.Cast<Group>().Skip(1).Where(group => group.Success).Select(group => (group.Name, group.Value)).Single();
        switch (name)
        {
            case "certificate":
                Take(value);
                break;
            case "packed":
                // WPI guide p.67: all but the last three characters of the PIN open it.
                Assert.That(SecureModeData.TryUnpack(value, Pin[..^SecureModeData.TanLength], out var data), Is.True, "the PIN does not open secure-mode-data");
                Assert.That(data!.Port, Is.EqualTo(lab.Server.SecureUrl!.Port));
                Assert.That(string.Join('\n', data.Authorities), Is.EqualTo(lab.Server.Authority.ExportPem().TrimEnd('\n')));
                Take(data.ClientCertificate);
                break;
            case "cookie" or "token":
                // The phone says these itself, later on.
                seen[$"{{{name}}}"] = value;
                break;
        }

        return found.Value.Replace(value, $"{{{name}}}", StringComparison.Ordinal);
    }

    private void Take(string base64)
    {
        Certificate?.Dispose();
        Certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(base64), "", X509KeyStorageFlags.Exportable);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        Date:\ (?<date>[^\n]*)
        | JSESSIONID=(?<cookie>[0-9A-F]{32})
        | "dls-client-certificate">(?<certificate>[^<]+)
        | "secure-mode-data">(?<packed>[^<]+)
        | /files/\d+/\d+/(?<token>[A-Za-z0-9_-]{43})/
        | <SignatureValue>(?<signature>[A-Za-z0-9+/=]{344})<
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Made();
}
