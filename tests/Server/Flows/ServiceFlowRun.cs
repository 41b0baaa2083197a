using System.Globalization;
using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Server.Tests.Flows;

/// <summary>Plays the phone of a flow against a server: bytes over TLS, nothing of ours in between, in virtual time.</summary>
internal sealed class ServiceFlowRun : IAsyncDisposable
{
    private readonly FlowFile flow;
    private readonly ContactListener contact = new();
    private readonly List<long> jobs = [];
    private RunningServer lab = null!;
    private FlowSecrets secrets = null!;
    private FlowEvents events = null!;
    private string answer = "";

    private ServiceFlowRun(FlowFile flow) => this.flow = flow;

    /// <summary>Plays the flow and gives it back with what was seen.</summary>
    /// <param name="compares">False to go on when the service says something else than the flow has.</param>
    public static async Task<FlowFile> PlayAsync(FlowFile flow, bool compares = true)
    {
        await using var run = new ServiceFlowRun(flow);
        await run.StartAsync();
        var seen = new List<FlowStep>();
        foreach (var step in flow.Steps)
        {
            seen.Add(step with { Text = await run.PlayAsync(step) });
            if (compares && LineDiff.Between(step.Text, seen[^1].Text) is { Length: > 0 } difference)
                Assert.Fail($"{flow.Name}, step {seen.Count}, {step.Kind}: - is what the flow has, + what the service says\n{difference}");
        }

        await run.BeSilentAsync(TimeSpan.Zero);
        return flow with { Steps = seen };
    }

    public async ValueTask DisposeAsync()
    {
        secrets.Dispose();
        await lab.DisposeAsync();
        contact.Dispose();
    }

    private async Task StartAsync()
    {
        lab = await RunningServer.StartAsync(Options);
        secrets = new FlowSecrets(lab, new Uri(contact.Uri).Authority);
        events = new FlowEvents(lab, secrets, contact, jobs);
        await FlowSettings.ApplyAsync(flow, lab.Server, FlowEvents.Mac);
    }

    private ServerOptions Options(ServerOptions options) => FlowSettings.Options(flow, options);

    private async Task<string> PlayAsync(FlowStep step)
    {
        var words = step.Kind.Split(' ', 3);
        switch (words[0])
        {
            case "phone":
                answer = await SayAsync(words.ElementAtOrDefault(1), step.Text);
                return step.Text;
            case "service":
                return answer;
            case "contact-me":
                return secrets.Named((await contact.NextAsync()).Replace("\r\n", "\n", StringComparison.Ordinal));
            case "silent":
                await BeSilentAsync(TimeSpan.FromSeconds(int.Parse(words.ElementAtOrDefault(1) ?? "0", CultureInfo.InvariantCulture)));
                return "";
            case "jobs":
                return Jobs();
            case "observations":
                return string.Join('\n', lab.Server.Observations.All.Select(seen => seen.Observation.Code));
            default:
                // What happens, happens after the answer before it, not beside it.
                await lab.Server.WhenIdleAsync(RunningServer.Patience());
                await HappenAsync(words[1], words.ElementAtOrDefault(2) ?? "", step.Text);
                await lab.Server.WhenIdleAsync(RunningServer.Patience());
                return step.Text;
        }
    }

    /// <param name="port">Secure, poll, or null for the default port.</param>
    private async Task<string> SayAsync(string? port, string text)
    {
        var server = port switch { "secure" => lab.Server.SecureUrl!, "poll" => lab.Server.PollUrl!, _ => lab.Server.PhoneUrl };
        return secrets.Named(await FlowConnection.ExchangeAsync(server, port == "secure" ? secrets.Certificate : null, secrets.Filled(text)));
    }

    private Task HappenAsync(string what, string detail, string text) => what == "restart-server" ? lab.RestartAsync(Options) : events.HappenAsync(what, detail, text);

    /// <summary>Lets time go by in which the service calls nobody.</summary>
    private async Task BeSilentAsync(TimeSpan span)
    {
        await lab.PassAsync(span);
        Assert.That(contact.Waiting, Is.Zero, $"{flow.Name}: the service sends contact-me requests that the flow does not have");
    }

    /// <summary>Each job of the flow with its state and what became of its items.</summary>
    private string Jobs() => secrets.Named(string.Join('\n', jobs.Select(id => lab.Server.Jobs.Get(id)!).Select((job, position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position + 1} {job.Kind} {job.State}")
        + string.Concat(job.Results.Select(result => $"\n  {result.Key} = {result.Value}{(result.Failed ? $" ({result.Status})" : "")}")))));
}
