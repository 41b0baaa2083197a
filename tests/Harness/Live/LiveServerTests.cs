using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Live;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Tests.Live;

[TestFixture]
public sealed partial class LiveServerTests
{
    private static readonly CaseInfo Info = new() { Id = "wpi/1", Section = "1", Page = 15, Title = "One", Level = Level.Must, Requirement = "One." };

    private LiveRun run = null!;
    private LiveServer server = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        run = new LiveRun(TimeProvider.System);
        run.Begin(new LabFile { File = "lab.json", Title = "A lab", Phones = [new LabPhone { Id = "a", Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40" }] }, 1);
        server = await LiveServer.StartAsync(run, 0, TimeProvider.System, CancellationToken.None);
        client = new HttpClient { BaseAddress = server.Url };
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Events_end_with_the_run_and_have_all_of_it()
    {
        run.CaseEnds(Info, new ResultEntry { CaseId = "wpi/1", PhoneId = "a", Verdict = Verdict.NonStrict, Compatible = true });
        run.End(Path.GetTempPath());
        var events = await client.GetStringAsync(new Uri("/events", UriKind.Relative));
        Assert.That(events, Does.Contain("event: results\ndata: {\"from\":0,\"results\":[{\"case\":\"wpi/1\"").And.Contain("\"counts\":{\"non-strict\":1}").And.Contain("\"isOver\":true"));
    }

    [Test]
    public async Task An_answer_needs_the_token_of_our_own_page()
    {
        var asked = run.AskAsync("do it", CancellationToken.None);
        Assert.That(await AnswerAsync("", "{\"reason\":\"\"}"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await AnswerAsync(new string('0', 64), "{\"reason\":\"\"}"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(asked.IsCompleted, Is.False);
        Assert.That(await AnswerAsync(await TokenAsync(), "{\"reason\":\"\"}"), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await asked, Is.Empty);
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"reason\":null}")]
    [TestCase("{\"reason\":7}")]
    public async Task A_body_that_is_no_answer_is_refused(string body) =>
        Assert.That(await AnswerAsync(await TokenAsync(), body), Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task An_answer_that_is_too_long_or_to_nothing_is_refused()
    {
        Assert.That(await AnswerAsync(await TokenAsync(), $"{{\"reason\":\"{new string('x', 201)}\"}}"), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await AnswerAsync(await TokenAsync(), "{\"reason\":\"\"}"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_question_that_nobody_answers_goes_away()
    {
        using var limit = new CancellationTokenSource();
        var asked = run.AskAsync("do it", limit.Token);
        Assert.That(run.State().Prompts.Single().What, Is.EqualTo("do it"));
        await limit.CancelAsync();
        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(run.State().Prompts, Is.Empty);
    }

    [Test]
    public async Task A_foreign_host_or_page_gets_nothing()
    {
        Assert.That(await StatusAsync(request => request.Headers.Host = "lab.example.net"), Is.EqualTo(HttpStatusCode.MisdirectedRequest));
        Assert.That(await StatusAsync(request => request.Headers.Add("Origin", "https://example.net")), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("report/..%2Fsecret.txt")]
    [TestCase("report/%2Fetc%2Fpasswd")]
    [TestCase("report/none.html")]
    public async Task Only_files_of_the_report_are_served_and_only_at_the_end(string path)
    {
        var place = Directory.CreateTempSubdirectory("openstage-live-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(place, "out")).FullName;
            await File.WriteAllTextAsync(Path.Combine(place, "secret.txt"), "secret");
            await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), "all of it");
            Assert.That((await client.GetAsync(new Uri("report/", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            run.End(folder);
            Assert.That(await client.GetStringAsync(new Uri("report/", UriKind.Relative)), Is.EqualTo("all of it"));
            Assert.That((await client.GetAsync(new Uri(server.Url + path))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private async Task<HttpStatusCode> AnswerAsync(string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("prompts/1", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (token.Length > 0)
            request.Headers.Add(LiveServer.TokenHeader, token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        change(request);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> TokenAsync() => Token().Match(await client.GetStringAsync(new Uri("/", UriKind.Relative))).Groups[1].Value;

    [GeneratedRegex("name=\"lab-token\" content=\"([0-9A-F]{64})\"")]
    private static partial Regex Token();
}
