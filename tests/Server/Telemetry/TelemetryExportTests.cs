using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Tests.Telemetry;

/// <summary>What a collector gets over OTLP.</summary>
public sealed class TelemetryExportTests
{
    private const string Mac = "00:1A:E8:0B:AC:02";

    [Test]
    public async Task Metrics_and_traces_arrive_at_the_configured_collector()
    {
        await using var sink = await OtlpSink.StartAsync();
        using (TelemetryExport.Start(new TelemetryOptions { Endpoint = sink.Url, Interval = TimeSpan.FromHours(1), ServiceName = "site-7" }, new Dictionary<string, string>()))
            await TalkAsync();
        AssertArrived(sink, "site-7");
    }

    [Test]
    public async Task The_variable_of_OpenTelemetry_names_the_collector_as_well()
    {
        await using var sink = await OtlpSink.StartAsync();
        using (TelemetryExport.Start(new TelemetryOptions(), new Dictionary<string, string> { [TelemetryExport.EndpointVariable] = sink.Url.ToString() }))
            await TalkAsync();
        AssertArrived(sink, "openstage-server");
    }

    [Test]
    public void Without_an_endpoint_nothing_is_exported()
    {
        Assert.That(TelemetryExport.Start(new TelemetryOptions(), new Dictionary<string, string>()), Is.Null);
        Assert.That(TelemetryExport.Start(new TelemetryOptions(), new Dictionary<string, string> { [TelemetryExport.EndpointVariable] = "" }), Is.Null);
    }

    [Test]
    public void A_variable_that_names_no_collector_is_refused() =>
        Assert.That(() => TelemetryExport.Start(new TelemetryOptions(), new Dictionary<string, string> { [TelemetryExport.EndpointVariable] = "collector:4318" }),
            Throws.ArgumentException.With.Message.StartsWith($"{TelemetryExport.EndpointVariable} 'collector:4318': allowed is an http or https address"));

    private static async Task TalkAsync()
    {
        await using var lab = await RunningServer.StartAsync();
        using var phone = new TestPhone(lab.Server.PhoneUrl, Mac);
        await phone.RegisterAsync("""<Item name="user-pwd">hunter2</Item>""");
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = JobKind.WriteItems, Items = [new Item("user-pwd", "hunter2")] });
        await phone.SolicitedAsync();
        await phone.ReplyAsync("WriteItems");
    }

    private static void AssertArrived(OtlpSink sink, string service)
    {
        Assert.That(sink.Requests.Select(request => request.ContentType), Is.All.EqualTo("application/x-protobuf"));
        var traces = string.Concat(sink.Requests.Where(request => request.Path == "/v1/traces").Select(request => request.Body));
        Assert.That(traces, Does.Contain(service).And.Contain("phone message").And.Contain("job step").And.Contain(Mac));
        var metrics = string.Concat(sink.Requests.Where(request => request.Path == "/v1/metrics").Select(request => request.Body));
        Assert.That(metrics, Does.Contain(service).And.Contain("openstage.messages").And.Contain("openstage.jobs.ended"));
        Assert.That(traces + metrics, Does.Not.Contain("hunter2"));
    }
}
