using System.Globalization;
using System.Text;
using System.Xml;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>
/// Reads the element structure of a message as loosely as phones and services in the field do, and names each
/// looseness. Refuses what cannot be a message or what could hurt the reader.
/// </summary>
internal sealed class MessageScanner
{
    private readonly XmlReader xml;
    private readonly Dialect dialect;
    private readonly MessageLimits limits;
    private readonly ScannedMessage scanned;
    private readonly TextStart start;
    private int itemCount;
    private int listCount;
    private int messageCount;

    private MessageScanner(XmlReader xml, Dialect dialect, MessageLimits limits, ScannedMessage scanned, TextStart start)
    {
        this.xml = xml;
        this.dialect = dialect;
        this.limits = limits;
        this.scanned = scanned;
        this.start = start;
    }

    private int Line => Place.Line;

    private int Column => Place.Column;

    private (int Line, int Column) Place => start.Place(((IXmlLineInfo)xml).LineNumber, ((IXmlLineInfo)xml).LinePosition);

    /// <summary>Scans a body.</summary>
    /// <returns>The parts of the message, or null with the error.</returns>
    public static ScannedMessage? Scan(
        ReadOnlyMemory<byte> body, Dialect dialect, ReaderOptions options, out MessageError? error)
    {
        var scanned = new ScannedMessage();
        var start = default(TextStart);
        try
        {
            var first = MessageBody.FindStart(body.Span, options.Limits, scanned, out start);
            using var stream = new MemoryStream(body[first..].ToArray(), writable: false);
            using var xml = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = MessageLimits.HardMaxBytes,
            });
            new MessageScanner(xml, dialect, options.Limits, scanned, start).ScanDocument();
            error = null;
            return scanned;
        }
        catch (MessageRefusedException refused)
        {
            error = refused.Error;
        }
        catch (XmlException broken)
        {
            error = MessageBody.Explain(broken, start, body.Span);
        }
        catch (Exception broken) when (broken is DecoderFallbackException or ArgumentException)
        {
            // Bytes that are no text in the declared encoding.
            error = new MessageError("encoding", 0, 0, "text in UTF-8", broken.Message);
        }

        return null;
    }

    private void ScanDocument()
    {
        if (xml.Read() && xml.NodeType == XmlNodeType.XmlDeclaration)
            ScanDeclaration();
        xml.MoveToContent();
        if (xml.LocalName == "Signature")
            EnterSignature();

        if (!xml.LocalName.Equals(dialect.Root, StringComparison.OrdinalIgnoreCase))
            throw Refuse("wrong-root", $"the element {dialect.Root}", $"the element {Clip(xml.LocalName)}");
        if (xml.LocalName != dialect.Root)
            Observe("root-name", dialect.Root, xml.LocalName, dialect.RootPage);
        if (xml.NamespaceURI != Dialect.Namespace)
        {
            Observe("namespace", Dialect.Namespace,
                xml.NamespaceURI.Length == 0 ? "no namespace" : Clip(xml.NamespaceURI), dialect.RootPage);
        }

        ForEachChild(dialect.Root, ScanRootChild);
        if (messageCount == 0)
            throw Refuse("wrong-root", $"an element Message in {dialect.Root}", "none");

        while (xml.Read())
        {
            // Reads the rest, so that a second root or broken trailing text is noticed.
        }
    }

    private void ScanDeclaration()
    {
        var encoding = xml.GetAttribute("encoding") ?? "UTF-8";
        if (!encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) && scanned.Observations.All(seen => seen.Code != "encoding"))
            Observe("encoding", "UTF-8", Shorten(encoding), 30);
    }

    private void EnterSignature()
    {
        // The maker's own service sends an enveloping signature: Signature/Object/DLSMessage.
        Observe("signature-envelope", $"{dialect.Root} as root", "an XML signature around it", dialect.RootPage);
        while (xml.Read())
        {
            CheckDepth();
            if (xml.NodeType == XmlNodeType.Element
                && xml.LocalName.Equals(dialect.Root, StringComparison.OrdinalIgnoreCase))
                return;
        }

        throw Refuse("wrong-root", $"the element {dialect.Root} inside the signature", "none");
    }

    private void ScanRootChild()
    {
        if (xml.LocalName == "Message")
        {
            messageCount++;
            if (messageCount == 1)
            {
                ReadAttributes(scanned.MessageAttributes);
                ForEachChild("Message", ScanMessageChild);
            }
            else
            {
                Observe("several-messages", "exactly one Message", "another one, ignored", dialect.RootPage);
                Skip();
            }
        }
        else if (xml.LocalName == "ItemList")
        {
            Observe("item-list-beside-message", "ItemList inside Message", "ItemList beside it", dialect.RootPage);
            ScanItemList();
        }
        else
        {
            SkipUnknown(dialect.Root);
        }
    }

    private void ScanMessageChild()
    {
        if (xml.LocalName == dialect.Head)
            ScanHead();
        else if (xml.LocalName == "ItemList")
            ScanItemList();
        else if (xml.LocalName == "Item")
        {
            Observe("item-outside-list", "Item inside ItemList", "Item inside Message", 26);
            ScanItem();
        }
        else if (xml.LocalName == dialect.OtherHead)
        {
            Observe("foreign-head", $"no {dialect.OtherHead}", $"an element {dialect.OtherHead}, ignored", dialect.RootPage);
            Skip();
        }
        else
            SkipUnknown("Message");
    }

    private void ScanHead()
    {
        if (scanned.Head is not null)
        {
            Observe("several-heads", $"one {dialect.Head}", "another one, ignored", dialect.RootPage);
            Skip();
            return;
        }

        var (line, column) = (Line, Column);
        ReadAttributes(scanned.HeadAttributes);
        scanned.Head = new ScannedText(ReadTrimmed(dialect.Head), line, column);
    }

    private void ScanItemList()
    {
        if (++listCount > 1)
            Observe("several-item-lists", "one ItemList", "another one, added to the first", dialect.RootPage);
        scanned.Items ??= [];
        ForEachChild("ItemList", () =>
        {
            if (xml.LocalName == "Item")
                ScanItem();
            else
                SkipUnknown("ItemList");
        });
    }

    private void ScanItem()
    {
        if (++itemCount > limits.MaxItems)
            throw Refuse("too-many-items", $"at most {limits.MaxItems} items", "more");

        var attributes = new Dictionary<string, ScannedText>();
        ReadAttributes(attributes);
        var (line, column) = (Line, Column);
        var value = ReadTrimmed("Item");
        if (!attributes.TryGetValue("name", out var name) || name.Text.Length == 0)
        {
            scanned.Observe("item-without-name", "the attribute name", "none, item ignored", 26, line, column);
            return;
        }

        scanned.Items ??= [];
        scanned.Items.Add(ItemOf(name.Text, value, attributes));
    }

    private Item ItemOf(string name, string value, Dictionary<string, ScannedText> attributes)
    {
        int? index = null;
        if (attributes.TryGetValue("index", out var indexText))
        {
            if (int.TryParse(indexText.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                index = number;
            else
                scanned.Observe("item-index", $"a number as index of {Clip(name)}", Shorten(indexText.Text), 26, indexText.Line, indexText.Column);
        }

        var item = new Item(name, value, index);
        if (attributes.TryGetValue("type", out var type))
            item = item with { Type = type.Text };
        if (!attributes.TryGetValue("status", out var status))
            return item;

        var parsed = Wording.ReadItemStatus(status.Text, out var exact);
        if (dialect == Dialect.Service)
            scanned.Observe("item-status-from-service", "status in phone messages only", Shorten(status.Text), 26, status.Line, status.Column);
        else if (!exact)
            scanned.Observe("item-status", Wording.AllItemStatuses, Shorten(status.Text), 26, status.Line, status.Column);
        return item with { Status = parsed, StatusText = exact ? null : status.Text };
    }

    private void ReadAttributes(Dictionary<string, ScannedText> attributes)
    {
        while (xml.MoveToNextAttribute())
        {
            // The guide's attributes have no prefix; xsi:type and the like are others, and so is xmlns.
            if (xml.NamespaceURI.Length == 0)
                attributes[xml.LocalName] = new ScannedText(xml.Value.Trim(), Line, Column);
        }

        xml.MoveToElement();
    }

    private string ReadTrimmed(string element)
    {
        if (xml.IsEmptyElement)
            return "";

        var text = new StringBuilder();
        var depth = xml.Depth;
        while (ReadInside(depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
                SkipUnknown(element);
            else if (xml.HasValue)
                text.Append(xml.Value);
        }

        var raw = text.ToString();
        var trimmed = raw.Trim();
        if (trimmed.Length > 0 && trimmed.Length < raw.Length)
            Observe("padded-text", $"the text of {element} alone", "white space around it", 33);
        return trimmed;
    }

    private void ForEachChild(string element, Action scanChild)
    {
        if (xml.IsEmptyElement)
            return;

        var depth = xml.Depth;
        while (ReadInside(depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
                scanChild();
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                Observe("stray-text", $"elements only in {element}", "text", dialect.RootPage);
        }
    }

    /// <summary>Reads one node further and says whether it still is inside the element of this depth.</summary>
    private bool ReadInside(int depth)
    {
        if (!xml.Read())
            return false;

        CheckDepth();
        return !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth);
    }

    private void Skip()
    {
        if (xml.IsEmptyElement)
            return;

        var depth = xml.Depth;
        while (ReadInside(depth))
        {
        }
    }

    private void SkipUnknown(string parent)
    {
        Observe("unknown-element", $"only what the guide knows in {parent}", $"the element {Shorten(xml.LocalName)}, ignored", dialect.RootPage);
        Skip();
    }

    private void CheckDepth()
    {
        // The root has depth 0.
        if (xml.NodeType == XmlNodeType.Element && xml.Depth >= limits.MaxDepth)
            throw Refuse("too-deep", $"at most {limits.MaxDepth} nested elements", "more");
    }

    private void Observe(string code, string expected, string actual, int? page) =>
        scanned.Observe(code, expected, actual, page, Line, Column);

    private MessageRefusedException Refuse(string code, string expected, string actual) =>
        new(new MessageError(code, Line, Column, expected, actual));

    /// <summary>The text in quotes, cut to 60 characters.</summary>
    internal static string Shorten(string text) => $"'{Clip(text)}'";

    /// <summary>The text, cut to so many characters, never inside one.</summary>
    internal static string Clip(string text, int most = 60)
    {
        if (text.Length <= most)
            return text;

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "…";
    }
}
