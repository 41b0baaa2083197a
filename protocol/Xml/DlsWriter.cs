using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Writes a message of the provisioning service (WPI guide p.30-31).</summary>
public static class DlsWriter
{
    /// <exception cref="ArgumentException">A text has a character that XML 1.0 cannot carry; the message names the place.</exception>
    public static byte[] Write(DlsMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = new MessageText(Dialect.Service, message.Items);
        text.OpenMessage(message.Nonce, message.MaxItems, message.Fragment);
        var action = message.ActionText ?? Wording.Of(message.Action);
        if (action.Length > 0)
        {
            text.Raw("<Action>"u8);
            text.Text("Action", action);
            text.Raw("</Action>\n"u8);
        }

        text.ItemList(message.Items);
        return text.End(Dialect.Service);
    }
}
