using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Phones;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.ServiceSuite.Hooks;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.ServiceSuite;

[TestFixture]
public sealed class JobHookTests
{
    private const string Secret = "hush-hush";

    private static readonly ServiceJob Write = new("00:1A:E8:FE:00:01", ServiceJobKind.WriteItems)
    {
        Items = [new("display-text", "\"quoted\""), new("user-pwd", "4711", 2)],
    };

    [Test]
    public async Task A_request_is_made_of_the_templates()
    {
        using var listener = Listen(201);
        await Rest(listener.Url, """{ "mac": "{mac}", "do": "{job-kind}", "items": {items}, "left": "{colour}" }""").CreateAsync(Write);

        var asked = listener.Requests.Single();
        Assert.That((asked.Method, asked.Target), Is.EqualTo(("PUT", "/phones/00%3A1A%3AE8%3AFE%3A00%3A01")));
        Assert.That(HttpExchange.Header(asked.Headers, "Authorization"), Is.EqualTo($"Bearer {Secret}"));
        var body = JsonNode.Parse(asked.Body)!;
        Assert.That((string?)body["mac"], Is.EqualTo(Write.Mac));
        Assert.That((string?)body["do"], Is.EqualTo("WriteItems"));
        Assert.That((string?)body["items"]![0]!["value"], Is.EqualTo("\"quoted\""));
        Assert.That((int?)body["items"]![1]!["index"], Is.EqualTo(2));
        Assert.That((string?)body["left"], Is.EqualTo("{colour}"));
    }

    [Test]
    public void A_request_that_is_refused_is_a_lab_error_without_the_token()
    {
        using var listener = Listen(403);
        Assert.That(() => Rest(listener.Url, "").CreateAsync(Write), Throws.TypeOf<LabErrorException>()
            .With.Message.Contains($"WriteItems for {Write.Mac}: the hook at {listener.Url.Authority} answered 403; allowed is 200 to 299")
            .And.Message.Not.Contains(Secret));
    }

    [Test]
    public async Task The_own_administration_is_asked_as_its_API_says()
    {
        using var listener = Listen(201);
        var hook = new AdminHook(new LabHook { Kind = HookKind.OpenStageAdmin, Url = listener.Url.AbsoluteUri }, Secret, TimeProvider.System);
        await hook.CreateAsync(Write);
        await hook.CreateAsync(Write with { Kind = ServiceJobKind.DefaultMode });

        Assert.That(listener.Requests.Select(asked => $"{asked.Method} {asked.Target}"),
            Is.EqualTo(new[] { "POST /api/jobs", "DELETE /api/devices/00%3A1A%3AE8%3AFE%3A00%3A01/secure-mode" }));
        Assert.That((string?)JsonNode.Parse(listener.Requests[0].Body)!["kind"], Is.EqualTo("WriteItems"));
    }

    [Test]
    public void A_command_that_fails_is_a_lab_error_with_its_exit_code() => Assert.That(
        () => new CommandHook(new LabHook { Kind = HookKind.Command, Command = ["dotnet", "no-such-verb"] }, TimeProvider.System).CreateAsync(Write),
        Throws.TypeOf<LabErrorException>().With.Message.StartsWith($"WriteItems for {Write.Mac}: 'dotnet' ended with exit code "));

    [Test]
    public async Task A_command_need_not_read_what_it_is_given() =>
        await new CommandHook(new LabHook { Kind = HookKind.Command, Command = ["dotnet", "--version"] }, TimeProvider.System).CreateAsync(Write);

    [Test]
    public async Task A_person_is_told_the_job_but_no_secret()
    {
        using var said = new StringWriter();
        await new PromptHook(new LabHook { Kind = HookKind.Prompt }, TimeProvider.System, new ConsolePrompts(new StringReader("\n"), said)).CreateAsync(Write);
        Assert.That(said.ToString(), Does.Contain(Write.Mac).And.Contain("display-text = '\"quoted\"'").And.Not.Contain("4711"));
    }

    [Test]
    public void A_token_that_is_not_there_is_a_lab_error_that_says_where_it_was_looked_for()
    {
        Assert.That(() => HookToken.Read(new LabHook { Kind = HookKind.Rest, TokenVariable = "OPENSTAGE_NO_SUCH_VARIABLE" }, "lab.json"),
            Throws.TypeOf<LabErrorException>().With.Message.Contains("OPENSTAGE_NO_SUCH_VARIABLE"));
        Assert.That(() => HookToken.Read(new LabHook { Kind = HookKind.Rest, TokenFile = "no-such-file" }, "lab.json"),
            Throws.TypeOf<LabErrorException>().With.Message.Contains("no-such-file"));
    }

    private static RestHook Rest(Uri url, string body) => new(
        new LabHook
        {
            Kind = HookKind.Rest,
            Method = "PUT",
            Url = $"{url}phones/{{mac}}",
            Headers = [new("Authorization", "Bearer {token}")],
            Body = body,
        },
        Secret, TimeProvider.System);

    private static LabListener Listen(int status) =>
        LabListener.Start(IPAddress.Loopback, ListenerKind.Http, null, _ => new LabAnswer(status, Encoding.UTF8.GetBytes("{}"), "application/json"));
}
