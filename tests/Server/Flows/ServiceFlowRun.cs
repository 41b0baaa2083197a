using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Server.Tests.Flows;

/// <summary>Plays the phone of a flow against a server: bytes over TLS, nothing of ours in between, in virtual time.</summary>
internal sealed partial class ServiceFlowRun : IAsyncDisposable
{
    private const string Mac = "00:1A:E8:00:00:01";

    private readonly FlowFile flow;
    private readonly ContactListener contact = new();
    private readonly List<long> jobs = [];
    private RunningServer lab = null!;
    private string cookie = "";
    private string answer = "";

    private ServiceFlowRun(FlowFile flow) => this.flow = flow;

    /// <summary>Plays the flow and gives it back with what was seen.</summary>
    /// <param name="compares">False to go on when the service says something else than the flow has.</param>
    public static async Task<FlowFile> PlayAsync(FlowFile flow, bool compares = true)
    {
        await using var run = new ServiceFlowRun(flow);
        run.lab = await RunningServer.StartAsync(run.Options);
        await FlowSettings.ApplyAsync(flow, run.lab.Server, Mac);
        var seen = new List<FlowStep>();
        foreach (var step in flow.Steps)
        {
            seen.Add(step with { Text = await run.PlayAsync(step) });
            if (compares && LineDiff.Between(step.Text, seen[^1].Text) is { Length: > 0 } difference)
                Assert.Fail($"{flow.Name}, step {seen.Count}, {step.Kind}: - is what the flow has, + what the service says\n{difference}");
        }

        await run.lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(run.contact.Waiting, Is.Zero, $"{flow.Name}: the service sends contact-me requests that the flow does not have");
        return flow with { Steps = seen };
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        contact.Dispose();
    }

    private ServerOptions Options(ServerOptions options) => FlowSettings.Options(flow, options);

    private async Task<string> PlayAsync(FlowStep step)
    {
        var words = step.Kind.Split(' ', 3);
        switch (words[0])
        {
            case "phone":
                answer = await ExchangeAsync(lab.Server.PhoneUrl, step.Text);
                return step.Text;
            case "service":
                return answer;
            case "contact-me":
                return Named((await contact.NextAsync()).Replace("\r\n", "\n", StringComparison.Ordinal));
            case "jobs":
                return Jobs();
            case "observations":
                return Observations();
            default:
                await HappenAsync(words[1], words.ElementAtOrDefault(2) ?? "", step.Text);
                return step.Text;
        }
    }

    private async Task HappenAsync(string what, string detail, string text)
    {
        // What happens, happens after the answer before it, not beside it.
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        switch (what)
        {
            case "job":
                jobs.Add((await lab.Server.Jobs.CreateAsync(FlowSettings.Request(Mac, detail, text))).Id);
                break;
            case "cancel":
                await lab.Server.Jobs.CancelAsync(jobs[int.Parse(detail, CultureInfo.InvariantCulture) - 1]);
                break;
            case "advance":
                await lab.PassAsync(TimeSpan.FromSeconds(int.Parse(detail, CultureInfo.InvariantCulture)));
                break;
            case "restart-server":
                await lab.RestartAsync(Options);
                break;
            default:
                throw new InvalidOperationException($"{flow.Name}: event {what} is unknown.");
        }

        await lab.Server.WhenIdleAsync(RunningServer.Patience());
    }

    /// <summary>Each job of the flow with its state and what became of its items.</summary>
    private string Jobs() => string.Join('\n', jobs.Select(id => lab.Server.Jobs.Get(id)!).Select((job, position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position + 1} {job.Kind} {job.State}")
        + string.Concat(job.Results.Select(result => $"\n  {result.Key} = {result.Value}{(result.Failed ? $" ({result.Status})" : "")}"))));

    private string Observations() => string.Join('\n', lab.Server.Observations.All.Select(seen => seen.Observation.Code));

    private async Task<string> ExchangeAsync(Uri server, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, RunningServer.Patience());
#pragma warning disable CA5359 // Phones in Default Mode accept any certificate (WPI guide p.12).
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1" }, RunningServer.Patience());
        await stream.WriteAsync(Request(text), RunningServer.Patience());
        return Named(await ReadAsync(stream));
    }

    private byte[] Request(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = split < 0 ? (text, "") : (text[..split], text[(split + 2)..]);
        var content = Encoding.UTF8.GetBytes(Filled(body));
        head = Filled(head).Replace("{length}", content.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return [.. Encoding.Latin1.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"), .. content];
    }

    /// <summary>The answer as text: line ends of the head checked, the length checked and named.</summary>
    private async Task<string> ReadAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        int end;
        while ((end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            var read = await stream.ReadAsync(buffer, RunningServer.Patience());
            Assert.That(read, Is.Positive, $"{flow.Name}: the service closed the connection");
            bytes.AddRange(buffer[..read]);
        }

        var head = Encoding.Latin1.GetString([.. bytes[..end]]);
        Assert.That(head.Split("\r\n"), Has.None.Contains("\n"), "a header line does not end with CR LF");
        var length = int.Parse(Length().Match(head) is { Success: true } known ? known.Groups[1].Value : "0", CultureInfo.InvariantCulture);
        while (bytes.Count < end + 4 + length)
        {
            var read = await stream.ReadAsync(buffer, RunningServer.Patience());
            Assert.That(read, Is.Positive, $"{flow.Name}: Content-Length is {length}, but the body is shorter");
            bytes.AddRange(buffer[..read]);
        }

        Assert.That(bytes, Has.Count.EqualTo(end + 4 + length), $"{flow.Name}: more than Content-Length says");
        if (NewCookie().Match(head) is { Success: true } set)
            cookie = set.Groups[1].Value;
        head = Length().Replace(head, "Content-Length: {length}").Replace("\r\n", "\n", StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString([.. bytes[(end + 4)..]]).TrimEnd('\n');
        return body.Length == 0 ? head : $"{head}\n\n{body}";
    }

    private string Filled(string text) => text
        .Replace("{service}", lab.Server.PhoneUrl.Authority, StringComparison.Ordinal)
        .Replace("{contact}", new Uri(contact.Uri).Authority, StringComparison.Ordinal)
        .Replace("{cookie}", cookie, StringComparison.Ordinal);

    private string Named(string text)
    {
        text = Date().Replace(text, "Date: {date}").Replace(lab.Server.PhoneUrl.Authority, "{service}", StringComparison.Ordinal)
            .Replace(new Uri(contact.Uri).Authority, "{contact}", StringComparison.Ordinal)
            .Replace($"dls_ip_port={lab.Server.PhoneUrl.Port}", "dls_ip_port={service-port}", StringComparison.Ordinal);
        return cookie.Length > 0 ? text.Replace(cookie, "{cookie}", StringComparison.Ordinal) : text;
    }

    [GeneratedRegex(@"Content-Length: (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex("JSESSIONID=([0-9A-F]{32})")]
    private static partial Regex NewCookie();

    [GeneratedRegex("Date: [^\n]*")]
    private static partial Regex Date();
}
