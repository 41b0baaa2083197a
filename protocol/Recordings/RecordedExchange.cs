using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Recordings;

/// <summary>One HTTP exchange of a recording; secrets are masked.</summary>
public sealed record RecordedExchange
{
    public ExchangeKind Kind { get; init; }

    /// <summary>Since the start of the recording, in milliseconds.</summary>
    public double OffsetMilliseconds { get; init; }

    /// <summary>From the request to the end of the answer, in milliseconds.</summary>
    public double DurationMilliseconds { get; init; }

    public string Method { get; init; } = "";

    public string Target { get; init; } = "";

    public IReadOnlyList<RecordedHeader> RequestHeaders { get; init; } = [];

    public RecordedBody Request { get; init; } = new();

    /// <summary>Null when no answer came.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<RecordedHeader> ResponseHeaders { get; init; } = [];

    public RecordedBody? Response { get; init; }
}
