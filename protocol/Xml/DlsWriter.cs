using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Writes a message of the provisioning service (WPI guide p.30-31).</summary>
public static class DlsWriter
{
    /// <exception cref="ArgumentException">A text has a character that XML 1.0 cannot carry; the message names the place.</exception>
    public static byte[] Write(DlsMessage message)
    {
        var text = MessageText.Start(Dialect.Service);
        MessageText.OpenMessage(text, message.Nonce, message.MaxItems, message.Fragment);
        var action = message.ActionText ?? Wording.Of(message.Action);
        if (action.Length > 0)
        {
            text.Append("<Action>");
            XmlText.AppendEscaped(text, action, "Action");
            text.Append("</Action>\n");
        }

        MessageText.ItemList(text, message.Items);
        return MessageText.End(text, Dialect.Service);
    }
}
