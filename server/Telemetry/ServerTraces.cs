using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OpenStage.Server.Jobs;
using Span = System.Diagnostics.Activity;

namespace OpenStage.Server.Telemetry;

/// <summary>Spans of the server: one for each message of a phone, each contact-me and each step of a job.</summary>
/// <param name="name">Name of their source.</param>
internal sealed class ServerTraces(string name = ServerTraces.SourceName) : IDisposable
{
    public const string SourceName = "OpenStage.Server";

    public const string Mac = "openstage.mac";

    private readonly ActivitySource source = new(name);

    /// <summary>A message of a phone begins. No trace is above it: phones send none.</summary>
    public Span? Message()
    {
        Span.Current = null;
        return source.StartActivity("phone message", ActivityKind.Server);
    }

    /// <summary>A contact-me begins, in a trace of its own.</summary>
    public Span? ContactMe(string mac)
    {
        Span.Current = null;
        return source.StartActivity("contact-me", ActivityKind.Client)?.SetTag(Mac, mac);
    }

    /// <summary>
    /// A job came from one state to another: the span is the time it stood in the former. All steps of a job are of one
    /// trace, also when other nodes or later runs do them; the message that brought the step about is linked.
    /// </summary>
    public void Step(Job job)
    {
        if (job.History.Count < 2 || !source.HasListeners())
            return;
        var cause = Span.Current?.Context;
        var span = source.StartActivity("job step", ActivityKind.Internal, Root(job),
            [
                new(Mac, job.Mac), new("openstage.job", job.Id), new("openstage.job.kind", job.Kind.ToString()),
                new("openstage.job.state", job.State.ToString()), new("openstage.job.step", job.History[^1].Text),
            ],
            cause is { } message ? [new ActivityLink(message)] : null, job.History[^2].At);
        if (span is null)
            return;
        span.SetEndTime(job.History[^1].At.UtcDateTime);
        if (job.State is JobState.Failed or JobState.Expired)
            span.SetStatus(ActivityStatusCode.Error, job.History[^1].Text);
        span.Dispose();
    }

    public void Dispose() => source.Dispose();

    /// <summary>The trace of a job, the same wherever it is worked out.</summary>
    private static ActivityContext Root(Job job)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> name = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(name, job.Id);
        BinaryPrimitives.WriteInt64BigEndian(name[8..], job.Created.ToUnixTimeMilliseconds());
        SHA256.HashData([.. Encoding.ASCII.GetBytes(job.Mac), .. name], hash);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash.Slice(16, 8)), ActivityTraceFlags.Recorded);
    }
}
