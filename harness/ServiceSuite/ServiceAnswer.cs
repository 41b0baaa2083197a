using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>A service's answer as cases see it: raw bytes, and what System.Xml.Linq reads in them.</summary>
public sealed class ServiceAnswer
{
    internal ServiceAnswer(RawMessage raw, int surplus)
    {
        Version = raw.Word(0);
        Status = int.TryParse(raw.Word(1), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
        Headers = raw.Headers;
        Body = raw.Body;
        Surplus = surplus;
        Message = new WireMessage("", "", raw.Headers, Unwrapped(raw.Body));
    }

    /// <summary>Such as HTTP/1.1.</summary>
    public string Version { get; }

    /// <summary>HTTP status; 0 for none that is a number.</summary>
    public int Status { get; }

    public IReadOnlyList<HttpHeader> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Bytes after the announced end of the body; only known of an answer that closed its connection.</summary>
    public int Surplus { get; }

    /// <summary>The message in the body, taken out of its signature if it has one (field).</summary>
    public WireMessage Message { get; }

    /// <summary>Texts of the Action elements.</summary>
    public IReadOnlyList<string> Actions => [.. Message.Messages.SelectMany(message => message.Elements())
        .Where(element => element.Name.LocalName == "Action").Select(element => element.Value.Trim())];

    /// <summary>The action, or empty; an answer without body ends the interaction (field).</summary>
    public string Action => Actions.Count > 0 ? Actions[0] : "";

    public string Nonce => Message.Nonce;

    public IReadOnlyList<WireItem> Items => Message.Items;

    /// <summary>True when the phone has nothing more to say.</summary>
    public bool Ends => Action.Equals("CleanUp", StringComparison.OrdinalIgnoreCase) || (Status is 200 or 204 && Body.Length == 0);

    /// <summary>True when the phone is asked to call once it is idle (WPI guide p.46).</summary>
    public bool WantsCall => Message.Item("send-solicited")?.Text == "true";

    public string? Header(string name) => HttpExchange.Header(Headers, name);

    /// <summary>The answer in a few words, without values.</summary>
    public override string ToString() => Status != 200 ? string.Create(CultureInfo.InvariantCulture, $"status {Status}")
        : Body.Length == 0 ? "an empty answer"
        : Message.XmlError is not null ? "a body that is no XML"
        : Action.Length == 0 ? $"a message without action in {Message.RootName}"
        : WantsCall ? $"{Action} with send-solicited" : Action;

    /// <summary>An enveloping signature holds the message in an Object (field); anything else stays as it is.</summary>
    private static byte[] Unwrapped(byte[] body)
    {
        if (!Encoding.UTF8.GetString(body).Contains("http://www.w3.org/2000/09/xmldsig#", StringComparison.Ordinal))
            return body;
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(xml).Root!;
            var inner = root.Name.LocalName == "Signature"
                ? root.Elements().Where(element => element.Name.LocalName == "Object").Elements().FirstOrDefault()
                : null;
            return inner is null ? body : Encoding.UTF8.GetBytes(inner.ToString(SaveOptions.DisableFormatting));
        }
        catch (XmlException)
        {
            return body;
        }
    }
}
