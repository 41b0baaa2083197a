using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Reads a message of the provisioning service (WPI guide p.30-31).</summary>
public static class DlsReader
{
    /// <summary>Reads a body. Never throws for what is in the body.</summary>
    /// <param name="body">Nobody may change it as long as the message is used: values of items stay in it until they are asked for.</param>
    public static ReadResult<DlsMessage> Read(ReadOnlyMemory<byte> body, ReaderOptions? options = null) =>
        HeadReading.Read(body, Dialect.Service, options ?? ReaderOptions.Default, Message);

    private static DlsMessage Message(ScannedMessage scanned) => WithAction(
        new DlsMessage
        {
            Nonce = HeadReading.Nonce(scanned),
            MaxItems = HeadReading.MaxItems(scanned),
            Fragment = HeadReading.Fragment(scanned, scanned.MessageAttributes),
            Items = scanned.Items,
        },
        scanned);

    private static DlsMessage WithAction(DlsMessage message, ScannedMessage scanned)
    {
        if (scanned.Head is not { } head)
        {
            scanned.Observe("action-missing", "the element Action", "none", 30, 0, 0);
            return message;
        }

        var action = Wording.ReadAction(head.Text, out var exact);
        if (exact)
            return message with { Action = action };

        scanned.Observe("action", Wording.AllActions, MessageScanner.Shorten(head.Text), 30, head.Line, head.Column);
        return message with { Action = action, ActionText = head.Text };
    }
}
