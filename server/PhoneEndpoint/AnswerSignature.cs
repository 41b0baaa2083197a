using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// Wraps answers in the enveloping XML signature of the maker's service (field): canonical XML of 2001, RSA with SHA-1,
/// one reference to the object that holds the message, no key info. Phones take the message out of it.
/// </summary>
#pragma warning disable CA5350 // SHA-1 is what the maker's service signs with, and all that old phones know.
internal sealed class AnswerSignature : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/09/xmldsig#";
    private const string ObjectId = "DLSMessage";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private readonly Lock gate = new();
    private readonly RSA key;

    private AnswerSignature(RSA key)
    {
        this.key = key;
        var probe = Encoding.UTF8.GetBytes($"{Declaration}<DLSMessage/>\n");
        WrapperBytes = Sign(probe).Length - probe.Length;
    }

    /// <summary>Bytes that the signature adds to a message.</summary>
    public int WrapperBytes { get; }

    /// <summary>Prepares to sign with the key of a certificate.</summary>
    /// <exception cref="InvalidDataException">The key is no RSA key, or the system signs nothing with SHA-1.</exception>
    public static AnswerSignature With(X509Certificate2 certificate)
    {
        var key = certificate.GetRSAPrivateKey()
            ?? throw new InvalidDataException("SignAnswers 'true': allowed is true with a server certificate that has an RSA key.");
        try
        {
            return new AnswerSignature(key);
        }
        catch (CryptographicException refused)
        {
            key.Dispose();
            throw new InvalidDataException($"SignAnswers 'true': allowed is true on a system that signs with SHA-1; this one does not: {refused.Message}", refused);
        }
    }

    /// <summary>Signs a message; its own bytes stay as they are, but for the XML declaration, which moves to the front.</summary>
    /// <exception cref="XmlException">It is no well-formed XML.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        if (text.StartsWith(Declaration, StringComparison.Ordinal))
            text = text[Declaration.Length..];
        var digest = Convert.ToBase64String(SHA1.HashData(Canonical($"<Object xmlns=\"{Namespace}\" Id=\"{ObjectId}\">{text}</Object>")));
        var info = string.Create(CultureInfo.InvariantCulture, $"""
            <CanonicalizationMethod Algorithm="{SignedXml.XmlDsigC14NTransformUrl}"></CanonicalizationMethod><SignatureMethod Algorithm="{SignedXml.XmlDsigRSASHA1Url}"></SignatureMethod><Reference URI="#{ObjectId}"><DigestMethod Algorithm="{SignedXml.XmlDsigSHA1Url}"></DigestMethod><DigestValue>{digest}</DigestValue></Reference></SignedInfo>
            """);
        var value = Convert.ToBase64String(SignData(Encoding.UTF8.GetBytes($"<SignedInfo xmlns=\"{Namespace}\">{info}")));
        return Encoding.UTF8.GetBytes(
            $"{Declaration}<Signature xmlns=\"{Namespace}\"><SignedInfo>{info}<SignatureValue>{value}</SignatureValue><Object Id=\"{ObjectId}\">{text}</Object></Signature>\n");
    }

    public void Dispose() => key.Dispose();

    private byte[] SignData(byte[] data)
    {
        // Not every system's key takes two threads at a time.
        lock (gate)
            return key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Canonical(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using (var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }))
            document.Load(reader);
        var transform = new XmlDsigC14NTransform();
        transform.LoadInput(document);
        using var stream = (Stream)transform.GetOutput(typeof(Stream));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
