using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Tests.Reports;

/// <summary>Runs of one phone for tests, as small as can be.</summary>
internal static class SampleRun
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public static PhoneEntry Phone(string id = "os40", string firmware = "V3 R3.24.0", int number = 1) => new()
    {
        Id = id,
        Mac = $"00:1A:E8:00:00:0{number}",
        Model = "OpenStage 40",
        Firmware = firmware,
        Address = $"127.20.0.{number}:8085",
        ServerUrl = "https://127.0.0.1:18443/DeploymentService/LoginService",
        Kind = "emulated",
    };

    public static ResultEntry Result(Verdict verdict, string id = "wpi/1/1", string phone = "os40", params ExchangeEntry[] exchanges) => new()
    {
        CaseId = id,
        PhoneId = phone,
        Verdict = verdict,
        Compatible = true,
        Exchanges = exchanges,
    };

    public static ExchangeEntry Exchange(string label, string body = "", double offset = 0, string kind = "message", double duration = 1) => new()
    {
        Kind = kind,
        OffsetMilliseconds = offset,
        DurationMilliseconds = duration,
        Method = "POST",
        Target = "/",
        RequestLabel = label,
        ResponseLabel = "CleanUp",
        RequestBody = body,
    };

    /// <summary>A message of a phone that tells items.</summary>
    public static ExchangeEntry Told(string items, double offset = 0, string reason = "<ReasonForContact status=\"accepted\" action=\"ReadItems\">reply-to</ReasonForContact>") =>
        Exchange("reply-to", $"<WorkpointMessage><Message>{reason}<ItemList>{items}</ItemList></Message></WorkpointMessage>", offset);

    public static RunReport Of(params ResultEntry[] results) => new()
    {
        RunId = "1",
        StartedAt = Start,
        DurationSeconds = 1,
        Seed = 7,
        LabFile = "lab.json",
        ToolVersion = "1.2.3",
        Complete = true,
        Phones = [Phone()],
        Cases = [.. results.Select(result => result.CaseId).Distinct().Select(id => new CaseEntry { Id = id, Section = "1", Page = 46, Title = "A title", Level = Level.Must, Requirement = "A rule" })],
        Results = results,
    };
}
