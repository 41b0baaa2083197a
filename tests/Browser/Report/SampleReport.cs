using OpenStage.Harness.History;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Rules;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Browser.Tests.Report;

/// <summary>A small report that has everything which a page can show.</summary>
internal static class SampleReport
{
    public const string Hostile = "</script><img src=x onerror=\"window.broken=1\"><!-- & \u2028";

    private const string Told = "<WorkpointMessage><Message><ReasonForContact>solicited</ReasonForContact><ItemList><Item name=\"mac-addr\">00:1A:E8:00:00:01</Item><Item name=\"sntp-addr\">old.example</Item></ItemList></Message></WorkpointMessage>";
    private const string Write = "<DLSMessage><Message><Action>WriteItems</Action><ItemList><Item name=\"sntp-addr\">new.example</Item></ItemList></Message></DLSMessage>";
    private const string Accepted = "<WorkpointMessage><Message><ReasonForContact action=\"WriteItems\" status=\"accepted\">reply-to</ReasonForContact><ItemList/></Message></WorkpointMessage>";

    public static RunReport Make() => new()
    {
        RunId = "20260302T020000Z",
        Title = Hostile,
        StartedAt = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero),
        DurationSeconds = 1,
        Seed = 7,
        LabFile = "lab.json",
        Complete = false,
        PlannedResults = 9,
        PreviousRun = "20260301T020000Z",
        LabErrors = ["port in use"],
        NotRestored = [new NotRestoredEntry("b", "wpi/1/1", "sntp-addr", "The phone did not answer.")],
        Phones =
        [
            new PhoneEntry { Id = "a", Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40", Firmware = "V3 R3.24.0", Address = "127.20.0.1:8085", Kind = "emulated", Quirks = ["no-busy"] },
            new PhoneEntry { Id = "b", Mac = "00:1A:E8:00:00:02", Model = "OpenStage 15", Firmware = "V2 R2.30.0", Address = "10.1.2.30:8085", Kind = "physical" },
        ],
        Cases =
        [
            Case("wpi/1/1", "1", 15, "Contact-me is acknowledged", Level.Must, "It is.", "R-2.02-1"),
            Case("wpi/3.6.4/1", "3.6.4", 46, "Busy phones refuse", Level.Must, "Phones in a call refuse.", "R-8.04-1"),
            Case("wpi/3.6.4/2", "3.6.4", 46, Hostile, Level.Should, Hostile, "R-8.04-2"),
        ],
        Rules =
        [
            Rule("R-2.02-1", "2.02", "Response", 15, "A contact-me is answered with 204.", "wpi/1/1"),
            Rule("R-8.04-1", "8.04", "Busy", 46, "A phone in a call refuses.", "wpi/3.6.4/1"),
            Rule("R-8.04-2", "8.04", "Busy", 46, "It calls back.", "wpi/3.6.4/2"),
            Rule("R-8.04-3", "8.04", "Busy", 72, "The flag is volatile.") with { Reason = "The lab cannot see the flag." },
        ],
        Results = [.. Results("a", Verdict.Fail), .. Results("b", Verdict.Pass)],
    };

    private static IEnumerable<ResultEntry> Results(string phone, Verdict busy) =>
    [
        new() { CaseId = "wpi/1/1", PhoneId = phone, Verdict = Verdict.Pass, Compatible = true, Previous = Verdict.Fail, Exchanges = [Exchange("solicited", "CleanUp", Told, "", 0)] },
        new()
        {
            CaseId = "wpi/3.6.4/1",
            PhoneId = phone,
            Verdict = busy,
            Compatible = busy == Verdict.Pass,
            Previous = Verdict.Pass,
            Expected = "status 'busy'",
            Actual = "'accepted'",
            Tries = [Verdict.Fail, busy],
            Evidence = ["evidence/a/wpi-3.6.4-1/case.har", "../../etc/passwd"],
            History = new CaseHistory { Trend = [Verdict.Pass, busy], FlakeScore = busy == Verdict.Pass ? 0 : 1, LastPassedAt = DateTimeOffset.UnixEpoch },
            Exchanges = [Exchange("solicited", "WriteItems", Told, Write, 1000), Exchange("reply-to WriteItems accepted", "CleanUp", Accepted, "", 301000)],
        },
        new() { CaseId = "wpi/3.6.4/2", PhoneId = phone, Verdict = Verdict.LabError, Compatible = true, Previous = Verdict.LabError, Reason = Hostile, Advice = "Put the cable in." },
    ];

    private static ExchangeEntry Exchange(string request, string response, string body, string answer, double offset) => new()
    {
        Kind = "message",
        OffsetMilliseconds = offset,
        DurationMilliseconds = 2,
        Client = "127.20.0.1:1",
        Server = "127.0.0.1:2",
        Method = "POST",
        Target = "/DeploymentService/LoginService",
        RequestLabel = request,
        ResponseLabel = response,
        RequestBody = body,
        Status = 200,
        ResponseBody = answer,
    };

    private static CaseEntry Case(string id, string section, int page, string title, Level level, string requirement, string rule) =>
        new() { Id = id, Section = section, Page = page, Title = title, Level = level, Requirement = requirement, Rules = [rule] };

    private static RuleEntry Rule(string id, string section, string title, int page, string text, params string[] checks) => new()
    {
        Id = id,
        Section = section,
        SectionTitle = title,
        Page = page,
        Level = Level.Must,
        Side = RuleSide.Phone,
        Source = RuleSource.Guide,
        Text = text,
        Checks = checks,
    };
}
