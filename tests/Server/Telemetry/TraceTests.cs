using System.Diagnostics;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Telemetry;
using Span = System.Diagnostics.Activity;

namespace OpenStage.Server.Tests.Telemetry;

/// <summary>The spans of a job from contact-me to its end.</summary>
public sealed class TraceTests
{
    /// <summary>No other test has it, so that its spans are known among those of tests beside this one.</summary>
    private const string Mac = "00:1A:E8:0B:AC:01";

    private readonly Lock gate = new();
    private readonly List<Span> spans = [];

    [Test]
    public async Task Messages_contact_me_and_steps_of_a_job_are_spans_with_the_phone_and_without_secrets()
    {
        using var listening = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ServerTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listening);
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl, Mac) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = JobKind.WriteItems, Items = [new Item("user-pwd", "hunter2")] });
        await listener.NextAsync();
        await lab.PassAsync(TimeSpan.FromSeconds(3));
        await phone.SolicitedAsync();
        await phone.ReplyAsync("WriteItems");
        await lab.PassAsync(TimeSpan.Zero);

        var messages = Spans("phone message");
        Assert.That(messages.Select(span => $"{span.GetTagItem("openstage.reason")} {span.GetTagItem("openstage.action")} {span.GetTagItem("http.response.status_code")}"),
            Is.EqualTo(new[] { "start-up ReadAllItems 200", "reply-to CleanUp 200", "solicited WriteItems 200", "reply-to CleanUp 200" }));
        Assert.That(messages.Select(span => span.ParentSpanId), Is.All.EqualTo(default(ActivitySpanId)));
        Assert.That(messages.Select(span => span.Kind), Is.All.EqualTo(ActivityKind.Server));
        Assert.That(Spans("contact-me").Single().GetTagItem("http.response.status_code"), Is.EqualTo(204));

        var steps = Spans("job step");
        Assert.That(steps.Select(span => $"{span.GetTagItem("openstage.job.kind")} {span.GetTagItem("openstage.job.state")}"),
            Is.EqualTo(new[] { "WriteItems Contacting", "WriteItems Running", "WriteItems Succeeded" }));
        Assert.That(steps.Select(span => span.TraceId).Distinct().ToList(), Has.Count.EqualTo(1), "one trace a job");
        Assert.That(steps[1].Duration, Is.EqualTo(TimeSpan.FromSeconds(3)), "as long as the job was being contacted");
        Assert.That(steps[2].Links.Single().Context, Is.EqualTo(messages[3].Context), "the message that brought it about");
        lock (gate)
            Assert.That(spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString()), Has.None.Contains("hunter2"));
    }

    private void Add(Span span)
    {
        lock (gate)
        {
            if (Equals(span.GetTagItem(ServerTraces.Mac), Mac))
                spans.Add(span);
        }
    }

    private List<Span> Spans(string name)
    {
        lock (gate)
            return [.. spans.Where(span => span.OperationName == name)];
    }
}
