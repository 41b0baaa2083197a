using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Recordings;

/// <summary>Makes a recording of exchanges as they come; secrets are masked as they go in.</summary>
public sealed class RecordingBuilder
{
    private readonly List<RecordedExchange> exchanges = [];
    private readonly CookieNames cookies = new();
    private readonly List<RecordedItem> whole = [];
    private RecordedDevice? device;
    private IReadOnlyList<RecordedItem> items = [];

    /// <summary>The recording so far, or null before the phone has said what it is.</summary>
    public Recording? Recording => device is null ? null : new Recording { Device = device, Exchanges = [.. exchanges], Items = items };

    public void Add(HttpExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        // Answers first: a cookie gets its name where it is set.
        var answers = exchange.ResponseHeaders.Select(Masked).ToList();
        var request = TranscriptMask.Mask(exchange.RequestBody);
        exchanges.Add(new RecordedExchange
        {
            Kind = exchange.Kind,
            OffsetMilliseconds = Math.Round(exchange.Offset.TotalMilliseconds, 1),
            DurationMilliseconds = Math.Round(exchange.Duration.TotalMilliseconds, 1),
            Method = exchange.Method,
            Target = exchange.Target,
            RequestHeaders = [.. exchange.RequestHeaders.Select(Masked)],
            Request = RecordedBody.Of(request),
            Status = exchange.Status,
            ResponseHeaders = answers,
            Response = exchange.Status is null ? null : RecordedBody.Of(TranscriptMask.Mask(exchange.ResponseBody)),
        });
        if (exchange.Kind == ExchangeKind.Message)
            Learn(WorkpointReader.Read(RecordedBody.Message(request)));
    }

    private void Learn(ReadResult<WorkpointMessage> read)
    {
        if (!read.Ok)
            return;
        var message = read.Message;
        if (message.IsInitiating && message.Value("mac-addr") is { } mac && message.Value("device-type") is { } model && message.Value("software-version") is { } firmware)
            device ??= new RecordedDevice { Mac = mac, Model = model, Firmware = firmware };
        if (message is not { Reason: ContactReason.ReplyTo, Action: "ReadAllItems" })
            return;
        whole.AddRange((message.Items ?? []).Select(item => new RecordedItem { Name = item.Name, Index = item.Index, Value = item.Value }));
        if (message.Fragment == FragmentMark.Next)
            return;
        // The first one: what comes later may be what the service or a person changed.
        if (items.Count == 0)
            items = [.. whole];
        whole.Clear();
    }

    private RecordedHeader Masked(HttpHeader header)
    {
        if (header.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            return new RecordedHeader(header.Name, cookies.Mask(header.Value));
        var masked = TranscriptMask.Mask(header);
        return new RecordedHeader(masked.Name, masked.Value);
    }
}
