using System.Diagnostics.CodeAnalysis;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Outcome of reading a message: the message with the tolerances that were needed, or an error.</summary>
public sealed record ReadResult<T> where T : class
{
    public T? Message { get; init; }

    /// <summary>Why the bytes are no such message; null when <see cref="Message"/> is there.</summary>
    public MessageError? Error { get; init; }

    /// <summary>Deviations from the guide that the reader lived with, in the order of the message.</summary>
    public IReadOnlyList<Observation> Observations { get; init; } = [];

    [MemberNotNullWhen(true, nameof(Message))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Message is not null;
}
