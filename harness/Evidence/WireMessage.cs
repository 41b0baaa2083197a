using System.Xml;
using System.Xml.Linq;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Evidence;

/// <summary>
/// A phone's message as cases see it: raw bytes read with System.Xml.Linq. It never goes through the message reader
/// that server and emulator share, so that a misreading of the guide there cannot hide itself.
/// </summary>
public sealed class WireMessage
{
    private readonly XElement? root;

    public WireMessage(string method, string target, IReadOnlyList<HttpHeader> headers, ReadOnlyMemory<byte> body)
    {
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XDocument.Load(xml).Root;
        }
        catch (XmlException broken)
        {
            XmlError = broken.Message;
        }
    }

    public string Method { get; }

    public string Target { get; }

    public IReadOnlyList<HttpHeader> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Why the body is no XML, or null.</summary>
    public string? XmlError { get; }

    public string RootName => root?.Name.LocalName ?? "";

    public string Namespace => root?.Name.NamespaceName ?? "";

    /// <summary>The Message elements right under the root.</summary>
    public IReadOnlyList<XElement> Messages => [.. Children(root, "Message")];

    private XElement? Message => Messages.Count > 0 ? Messages[0] : null;

    private XElement? ReasonElement => Children(Message, "ReasonForContact").FirstOrDefault();

    public string Reason => ReasonElement?.Value.Trim() ?? "";

    public string? ReasonAttribute(string name) => ReasonElement?.Attribute(name)?.Value;

    public string? MessageAttribute(string name) => Message?.Attribute(name)?.Value;

    public string Nonce => MessageAttribute("nonce") ?? "";

    public string? Action => ReasonAttribute("action");

    public string? Status => ReasonAttribute("status");

    /// <summary>Fragment mark on Message or, as the attribute table has it, on ReasonForContact (WPI guide p.29).</summary>
    public string? Fragment => MessageAttribute("fragment") ?? ReasonAttribute("fragment");

    public bool HasItemList => Children(Message, "ItemList").Any();

    public IReadOnlyList<WireItem> Items => [.. Children(Message, "ItemList").SelectMany(list => Children(list, "Item")).Select(item =>
        new WireItem(item.Attribute("name")?.Value ?? "", item.Attribute("index")?.Value, item.Attribute("status")?.Value, item.Value.Trim()))];

    /// <summary>The item of this name and index, or null.</summary>
    public WireItem? Item(string name, string? index = null) => Items.FirstOrDefault(item => item.Name == name && item.Index == index);

    public string? Header(string name) => HttpExchange.Header(Headers, name);

    /// <summary>The message in a few words, without values.</summary>
    public override string ToString() => XmlError is not null ? "a body that is no XML"
        : Reason == "reply-to" ? $"reply-to {Action ?? "(no action)"} {Status ?? "(no status)"}"
        : Reason.Length > 0 ? Reason : $"a message without reason in {RootName}";

    private static IEnumerable<XElement> Children(XElement? parent, string name) =>
        parent?.Elements().Where(child => child.Name.LocalName == name) ?? [];
}
