using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Writes a phone's message (WPI guide p.27-29).</summary>
public static class WorkpointWriter
{
    /// <exception cref="ArgumentException">A text has a character that XML 1.0 cannot carry; the message names the place.</exception>
    public static byte[] Write(WorkpointMessage message)
    {
        var text = MessageText.Start(Dialect.Phone);
        MessageText.OpenMessage(text, message.Nonce, message.MaxItems, message.Fragment);
        text.Append("<ReasonForContact");
        if (message.Action is { } action)
            MessageText.Attribute(text, "action", action);
        var status = message.StatusText ?? Wording.Of(message.Status);
        if (status.Length > 0)
            MessageText.Attribute(text, "status", status);
        if (message.ReasonFragment != FragmentMark.None)
            MessageText.Attribute(text, "fragment", Wording.Of(message.ReasonFragment));
        text.Append('>');
        XmlText.AppendEscaped(text, message.ReasonText ?? Wording.Of(message.Reason), "ReasonForContact");
        text.Append("</ReasonForContact>\n");
        MessageText.ItemList(text, message.Items);
        return MessageText.End(text, Dialect.Phone);
    }
}
