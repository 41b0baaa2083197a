using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Reads a phone's message (WPI guide p.27-29).</summary>
public static class WorkpointReader
{
    /// <summary>Reads a body. Never throws for what is in the body.</summary>
    /// <param name="body">Nobody may change it as long as the message is used: values of items stay in it until they are asked for.</param>
    public static ReadResult<WorkpointMessage> Read(ReadOnlyMemory<byte> body, ReaderOptions? options = null) =>
        HeadReading.Read(body, Dialect.Phone, options ?? ReaderOptions.Default, Message);

    /// <summary>
    /// Reads what stands before the items, if it is written as the guide prints messages, without a deviation. What follows
    /// is not looked at.
    /// </summary>
    /// <returns>A message without items; null for a body of another form, which may be a message all the same.</returns>
    public static WorkpointMessage? ReadHead(ReadOnlyMemory<byte> body) =>
        PlainScanner.ScanHead(body, Dialect.Phone) is { } scanned && Message(scanned) is var message && scanned.Observations.Count == 0 ? message : null;

    private static WorkpointMessage Message(ScannedMessage scanned)
    {
        var message = new WorkpointMessage
        {
            Nonce = HeadReading.Nonce(scanned),
            MaxItems = HeadReading.MaxItems(scanned),
            Fragment = HeadReading.Fragment(scanned, scanned.MessageAttributes),
            ReasonFragment = HeadReading.Fragment(scanned, scanned.HeadAttributes),
            Action = scanned.HeadAttributes.TryGetValue("action", out var action) ? action.Text : null,
            Items = scanned.Items,
        };
        message = WithReason(WithStatus(message, scanned), scanned);
        if (message.ReasonFragment != FragmentMark.None && message.Fragment == FragmentMark.None)
            scanned.Observe("fragment-on-reason", "fragment on Message, as in every example", "fragment on ReasonForContact", 29, 0, 0);
        return message;
    }

    private static WorkpointMessage WithReason(WorkpointMessage message, ScannedMessage scanned)
    {
        if (scanned.Head is not { } head)
        {
            scanned.Observe("reason-missing", "the element ReasonForContact", "none", 27, 0, 0);
            return message with { ReasonText = "" };
        }

        var reason = Wording.ReadReason(head.Text, out var exact);
        if (exact)
            return message with { Reason = reason };

        scanned.Observe("reason", Wording.AllReasons, MessageScanner.Shorten(head.Text), 28, head.Line, head.Column);
        return message with { Reason = reason, ReasonText = head.Text };
    }

    private static WorkpointMessage WithStatus(WorkpointMessage message, ScannedMessage scanned)
    {
        if (!scanned.HeadAttributes.TryGetValue("status", out var text))
            return message;

        var status = Wording.ReadReplyStatus(text.Text, out var exact);
        if (exact)
            return message with { Status = status };

        // The guide's flow charts print Accepted and Busy with a capital (p.74-75).
        scanned.Observe("reply-status", "accepted, failed or busy", MessageScanner.Shorten(text.Text), 29, text.Line, text.Column);
        return message with { Status = status, StatusText = text.Text };
    }
}
