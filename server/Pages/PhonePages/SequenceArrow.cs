using System.Globalization;
using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>One arrow of a message sequence.</summary>
public sealed record SequenceArrow
{
    /// <summary>Unique on the page.</summary>
    public required string Id { get; init; }

    public required bool ToServer { get; init; }

    /// <summary>Such as <c>reply-to WriteItems: busy</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Such as <c>12 items, 1.4 kB</c>.</summary>
    public required string Detail { get; init; }

    /// <summary>Seconds since the exchange began.</summary>
    public required double After { get; init; }

    /// <summary>True for an answer that shows that something went wrong.</summary>
    public bool IsBad { get; init; }

    /// <summary>The message itself, masked.</summary>
    public required string Body { get; init; }

    /// <summary>Request and answer of an exchange, and whether it begins something.</summary>
    internal static (IReadOnlyList<SequenceArrow> Arrows, bool Begins) Of(TranscriptEntry entry)
    {
        var fromPhone = entry.Kind != nameof(ExchangeKind.ContactMe);
        var told = entry.Kind == nameof(ExchangeKind.Message) ? WorkpointReader.Read(Encoding.UTF8.GetBytes(entry.RequestBody)).Message : null;
        var request = new SequenceArrow
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"x{entry.Sequence}-q"),
            ToServer = fromPhone,
            Label = told is null ? entry.Kind == nameof(ExchangeKind.ContactMe) ? "contact-me" : $"{entry.Method} {entry.Target}" : Named(told),
            Detail = Sized(told?.Items?.Count, entry.RequestBody),
            After = 0,
            IsBad = told?.Status is ReplyStatus.Failed,
            Body = entry.RequestBody.Length > 0 ? entry.RequestBody : $"{entry.Method} {entry.Target}",
        };
        return ([request, Answer(entry, !fromPhone)], told?.IsInitiating ?? true);
    }

    private static SequenceArrow Answer(TranscriptEntry entry, bool toServer)
    {
        var said = entry.ResponseBody.Length > 0 ? DlsReader.Read(Encoding.UTF8.GetBytes(entry.ResponseBody)).Message : null;
        var status = entry.Status is { } code ? string.Create(CultureInfo.InvariantCulture, $"HTTP {code}") : "no answer";
        return new SequenceArrow
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"x{entry.Sequence}-a"),
            ToServer = toServer,
            Label = said is null ? status : said.ActionText ?? said.Action.ToString(),
            Detail = said is null ? entry.Error : Sized(said.Items?.Count, entry.ResponseBody),
            After = entry.DurationSeconds,
            IsBad = entry.Status is null or >= 400,
            Body = entry.ResponseBody.Length > 0 ? entry.ResponseBody : $"{status} {entry.Error}".Trim(),
        };
    }

    private static string Named(WorkpointMessage told)
    {
        if (told.IsInitiating)
            return told.ReasonText ?? Wording.Of(told.Reason);
        var status = told.StatusText ?? Wording.Of(told.Status);
        return $"reply-to {told.Action}{(status.Length > 0 ? $": {status}" : "")}";
    }

    private static string Sized(int? items, string body)
    {
        var bytes = Encoding.UTF8.GetByteCount(body);
        var size = bytes < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} kB");
        return items switch
        {
            null => size,
            1 => $"1 item, {size}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{items} items, {size}"),
        };
    }
}
