using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace OpenStage.Harness.Reports;

/// <summary>
/// Says in a few words what a message is, for pictures of message sequences; takes any bytes. Labels are made of every
/// message of a run, of which some have hundreds of items: that is why they are read in one pass and without a tree.
/// </summary>
internal static class MessageLabel
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static string OfRequest(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var xml = Open(body);
            xml.MoveToContent();
            var root = xml.LocalName;
            string? reason = null, fragment = null;
            var words = new List<string?>();
            while (!xml.EOF)
            {
                if (reason is null && IsStart(xml, "ReasonForContact"))
                {
                    var (action, status) = (xml.GetAttribute("action"), xml.GetAttribute("status"));
                    reason = Content(xml);
                    words = [reason, action, status];
                    continue;
                }

                if (fragment is null && IsStart(xml, "Message"))
                    fragment = xml.GetAttribute("fragment") ?? "";
                xml.Read();
            }

            var label = string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
            return label.Length == 0 ? root : fragment == "next" ? $"{label} (next)" : label;
        }
        catch (XmlException)
        {
            return "no valid XML";
        }
    }

    public static string OfResponse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var xml = Open(body);
            string? action = null;
            var solicits = false;
            while (!xml.EOF)
            {
                if (action is null && IsStart(xml, "Action"))
                {
                    action = Content(xml);
                    continue;
                }

                solicits = solicits || (IsStart(xml, "Item") && xml.GetAttribute("name") == "send-solicited");
                xml.Read();
            }

            return $"{(string.IsNullOrEmpty(action) ? "no action" : action)}{(solicits ? " + send-solicited" : "")}";
        }
        catch (XmlException)
        {
            return "no valid XML";
        }
    }

    internal static XElement? Find(XElement root, string name) =>
        root.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == name);

    /// <returns>The root, or null when the body is no XML.</returns>
    internal static XElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var xml = Open(body);
            return XElement.Load(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsStart(XmlReader xml, string name) => xml.NodeType == XmlNodeType.Element && xml.LocalName == name;

    /// <summary>The text of the present element and of those in it, trimmed; the reader is behind it then.</summary>
    private static string Content(XmlReader xml)
    {
        using var inside = xml.ReadSubtree();
        var text = XElement.Load(inside).Value.Trim();
        xml.Read();
        return text;
    }

    private static XmlReader Open(ReadOnlyMemory<byte> body) =>
        XmlReader.Create(MemoryMarshal.TryGetArray(body, out var bytes) ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count) : new MemoryStream(body.ToArray()), Settings);
}
