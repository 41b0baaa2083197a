using System.Xml;
using System.Xml.Linq;

namespace OpenStage.Harness.Reports;

/// <summary>Says in a few words what a message is, for pictures of message sequences; takes any bytes.</summary>
internal static class MessageLabel
{
    public static string OfRequest(ReadOnlyMemory<byte> body)
    {
        if (Parse(body) is not { } root)
            return "no valid XML";
        var reason = Find(root, "ReasonForContact");
        var words = new[] { reason?.Value.Trim(), reason?.Attribute("action")?.Value, reason?.Attribute("status")?.Value };
        var label = string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
        return label.Length == 0 ? root.Name.LocalName : WithFragment(root, label);
    }

    public static string OfResponse(ReadOnlyMemory<byte> body)
    {
        if (Parse(body) is not { } root)
            return "no valid XML";
        var action = Find(root, "Action")?.Value.Trim();
        var solicits = root.Descendants().Any(item => item.Name.LocalName == "Item" && item.Attribute("name")?.Value == "send-solicited");
        return $"{(string.IsNullOrEmpty(action) ? "no action" : action)}{(solicits ? " + send-solicited" : "")}";
    }

    private static string WithFragment(XElement root, string label) =>
        Find(root, "Message")?.Attribute("fragment")?.Value == "next" ? $"{label} (next)" : label;

    internal static XElement? Find(XElement root, string name) =>
        root.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == name);

    /// <returns>The root, or null when the body is no XML.</returns>
    internal static XElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
