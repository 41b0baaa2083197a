using System.Text.Json.Serialization;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Recordings;

/// <summary>One HTTP exchange of a recording; secrets are masked.</summary>
public sealed record RecordedExchange
{
    [JsonRequired] public ExchangeKind Kind { get; init; }

    /// <summary>Since the start of the recording, in milliseconds.</summary>
    [JsonRequired] public double OffsetMilliseconds { get; init; }

    /// <summary>From the request to the end of the answer, in milliseconds.</summary>
    [JsonRequired] public double DurationMilliseconds { get; init; }

    [JsonRequired] public string Method { get; init; } = "";

    [JsonRequired] public string Target { get; init; } = "";

    [JsonRequired] public IReadOnlyList<RecordedHeader> RequestHeaders { get; init; } = [];

    [JsonRequired] public RecordedBody Request { get; init; } = new();

    /// <summary>Null when no answer came.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<RecordedHeader> ResponseHeaders { get; init; } = [];

    public RecordedBody? Response { get; init; }
}
