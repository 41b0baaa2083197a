using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Writes a phone's message (WPI guide p.27-29).</summary>
public static class WorkpointWriter
{
    /// <exception cref="ArgumentException">A text has a character that XML 1.0 cannot carry; the message names the place.</exception>
    public static byte[] Write(WorkpointMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = new MessageText(Dialect.Phone, message.Items);
        text.OpenMessage(message.Nonce, message.MaxItems, message.Fragment);
        text.Raw("<ReasonForContact"u8);
        if (message.Action is { } action)
            text.Attribute(" action=\""u8, action);
        var status = message.StatusText ?? Wording.Of(message.Status);
        if (status.Length > 0)
            text.Attribute(" status=\""u8, status);
        if (message.ReasonFragment != FragmentMark.None)
            text.Attribute(" fragment=\""u8, Wording.Of(message.ReasonFragment));
        text.Raw(">"u8);
        text.Text("ReasonForContact", message.ReasonText ?? Wording.Of(message.Reason));
        text.Raw("</ReasonForContact>\n"u8);
        text.ItemList(message.Items);
        return text.End(Dialect.Phone);
    }
}
