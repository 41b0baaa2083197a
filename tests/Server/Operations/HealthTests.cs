using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Conversations;
using OpenStage.Server.Operations;

namespace OpenStage.Server.Tests.Operations;

/// <summary>What an orchestrator is told of a server.</summary>
public sealed class HealthTests
{
    [Test]
    public async Task A_running_server_is_live_and_ready_and_says_so_without_a_login()
    {
        await using var lab = await RunningServer.StartAsync();
        await lab.PassAsync(TimeSpan.FromSeconds(90));
        using var anybody = new HttpClient { BaseAddress = lab.Server.AdminUrl };
        Assert.That(await anybody.GetStringAsync("/health/live"), Is.EqualTo("""{"live":true}"""));
        var (status, report) = await ReadyAsync(anybody);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(report["ready"]!.GetValue<bool>(), Is.True);
        Assert.That(report["uptimeSeconds"]!.GetValue<double>(), Is.EqualTo(90));
        Assert.That(report["parts"]!.AsArray().Select(part => $"{part!["name"]} {part["ok"]}"), Is.EqualTo(new[] { "store true", "phones true", "administration true", "running true" }));
        Assert.That(report["parts"]![0]!["milliseconds"]!.GetValue<double>(), Is.GreaterThan(0));
        Assert.That(report["parts"]![1]!["detail"]!.GetValue<string>(), Is.EqualTo($"port {lab.Server.PhoneUrl.Port}"));
    }

    [Test]
    public async Task Each_listener_that_is_asked_for_is_reported()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { SecurePort = 0, PollPort = 0 });
        var (_, report) = await ReadyAsync(lab.Api);
        Assert.That(report["parts"]!.AsArray().Select(part => $"{part!["name"]} {part["detail"]}"), Is.SupersetOf(new[]
        {
            $"phones port {lab.Server.PhoneUrl.Port}", $"secure phones port {lab.Server.SecureUrl!.Port}",
            $"polls port {lab.Server.PollUrl!.Port}", $"administration port {lab.Server.AdminUrl.Port}",
        }));
    }

    [Test]
    public async Task A_server_that_stops_is_not_ready_while_the_exchange_under_way_ends()
    {
        await using var lab = await RunningServer.StartAsync();
        var held = new Held();
        using var script = lab.Server.Scripts.Take(PhoneTalk.Mac, held);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        var answer = phone.StartUpAsync();
        await held.Asked.Task.WaitAsync(RunningServer.Patience());

        using var hurry = new CancellationTokenSource();
        var stopped = lab.Server.StopAsync(hurry.Token);
        var (status, report) = await ReadyAsync(lab.Api);
        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(report["ready"]!.GetValue<bool>(), Is.False);
        Assert.That(report["parts"]!.AsArray().Where(part => !part!["ok"]!.GetValue<bool>()).Select(part => $"{part!["name"]} {part["detail"]}"), Is.EqualTo(new[] { "running stopping" }));
        using (var live = await lab.Api.GetAsync(new Uri("/health/live", UriKind.Relative)))
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(stopped.IsCompleted, Is.False, "an exchange is under way");

        held.Release.SetResult();
        Assert.That((await answer).Action, Is.EqualTo(ServerAction.CleanUp));
        await stopped.WaitAsync(RunningServer.Patience());
        using var late = new TestPhone(lab.Server.PhoneUrl);
        Assert.That(async () => await late.StartUpAsync(), Throws.InstanceOf<HttpRequestException>(), "no phone is taken any more");
    }

    [Test]
    public async Task Who_is_in_a_hurry_does_not_wait_for_an_exchange_under_way()
    {
        await using var lab = await RunningServer.StartAsync();
        var held = new Held();
        using var script = lab.Server.Scripts.Take(PhoneTalk.Mac, held);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        var answer = phone.StartUpAsync();
        await held.Asked.Task.WaitAsync(RunningServer.Patience());
        using var hurry = new CancellationTokenSource();
        var stopped = lab.Server.StopAsync(hurry.Token);
        await hurry.CancelAsync();
        await stopped.WaitAsync(RunningServer.Patience());
        Assert.That(async () => await answer, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_server_that_stops_contacts_no_phone_any_more()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { AllowForeignContactAddress = true });
        using var listener = new ContactListener();
        using (var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri })
            await phone.RegisterAsync();
        await lab.Server.StopAsync(CancellationToken.None);
        await lab.Server.Jobs.CreateAsync(new Jobs.JobRequest { Mac = PhoneTalk.Mac, Kind = Jobs.JobKind.ReadAllItems });
        await lab.PassAsync(TimeSpan.FromMinutes(10));
        Assert.That(listener.Waiting, Is.Zero);
        Assert.That(lab.Server.Jobs.List().Single().State, Is.EqualTo(Jobs.JobState.Pending), "it waits for the next start");
    }

    [Test]
    public async Task A_store_that_fails_and_a_listener_that_is_not_open_make_a_server_not_ready_and_nothing_secret_is_said()
    {
        var health = new ServerHealth(["phones", "administration"], () => throw new InvalidOperationException("Host=10.1.2.5;Password=hunter2"), new ManualClock());
        health.Opened("phones", 18443);
        var report = await health.LookAsync();
        Assert.That(report.Ready, Is.False);
        Assert.That(report.Parts.Select(part => $"{part.Name} {part.Ok} {part.Detail}"), Is.EqualTo(new[]
        {
            "store False failed with InvalidOperationException", "phones True port 18443", "administration False not open", "running True running",
        }));
    }

    private static async Task<(HttpStatusCode Status, JsonObject Report)> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    /// <summary>Answers when it is told to.</summary>
    private sealed class Held : IConversation
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<ScriptedAnswer> AnswerAsync(ScriptedRequest request, CancellationToken cancellation)
        {
            Asked.TrySetResult();
            await Release.Task.WaitAsync(cancellation);
            return new ScriptedAnswer(200, DlsWriter.Write(DlsMessage.CleanUp(request.Message!.Nonce)));
        }
    }
}
