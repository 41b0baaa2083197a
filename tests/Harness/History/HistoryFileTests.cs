using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Harness.History;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.History;

[TestFixture]
public sealed class HistoryFileTests
{
    private string folder = "";

    private string Name => Path.Combine(folder, "lab.db");

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-history-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_report_gets_the_trend_of_each_case_with_its_own_run_last()
    {
        Record(Verdict.Pass, Verdict.Fail);
        using var history = HistoryFile.Open(Name, create: true);
        var report = history.Record(Run(Verdict.LabError, 2));
        var told = report.Results.Single().History!;
        Assert.That(told.Trend, Is.EqualTo(new[] { Verdict.Pass, Verdict.Fail, Verdict.LabError }));
        Assert.That(told.FlakeScore, Is.EqualTo(1));
        Assert.That(told.LastPassedAt, Is.EqualTo(Start));
        Assert.That((report.PreviousRun, report.Results.Single().Previous), Is.EqualTo((history.Runs()[1].RunId, (Verdict?)Verdict.Fail)), "the run before");
    }

    [Test]
    public void The_first_run_has_none_before()
    {
        using var history = HistoryFile.Open(Name, create: true);
        var report = history.Record(Run(Verdict.Pass, 0));
        Assert.That((report.PreviousRun, report.Results.Single().Previous), Is.EqualTo(("", (Verdict?)null)));
    }

    [Test]
    public void Only_the_last_runs_count()
    {
        Record(Verdict.Pass, Verdict.Fail, Verdict.Fail);
        using var history = HistoryFile.Open(Name, create: false);
        var told = history.Trends(last: 2).Single().History;
        Assert.That(told.Trend, Is.EqualTo(new[] { Verdict.Fail, Verdict.Fail }));
        Assert.That((told.FlakeScore, told.LastPassedAt), Is.EqualTo((0.0, (DateTimeOffset?)null)));
        Assert.That(history.Runs(2).Select(run => run.StartedAt), Is.EqualTo(new[] { Start.AddDays(1), Start.AddDays(2) }));
    }

    [Test]
    public void A_run_is_kept_with_seed_versions_and_counts()
    {
        using var history = HistoryFile.Open(Name, create: true);
        history.Record(Of(Result(Verdict.Pass, "1"), Result(Verdict.Fail, "2"), Result(Verdict.UnexpectedPass, "3"), Result(Verdict.LabError, "4"), Result(Verdict.NonStrict, "5")) with { Complete = false, LabErrors = ["x"] });
        Assert.That(history.Runs().Single(), Is.EqualTo(new PastRun("1", Start, 7, "lab.json", "1.2.3", Complete: false, Good: 2, Bad: 2, LabErrors: 2)));
        Assert.That(history.Trends("1").Single().Firmware, Is.EqualTo("V3 R3.24.0"));
    }

    [Test]
    public void Cases_and_phones_are_told_apart()
    {
        using var history = HistoryFile.Open(Name, create: true);
        history.Record(Of(Result(Verdict.Pass, "1"), Result(Verdict.Fail, "2"), Result(Verdict.NonStrict, "1", "b")) with { Phones = [Phone(), Phone("b")] });
        Assert.That(history.Trends().Select(trend => (trend.PhoneId, trend.CaseId, trend.History.Trend[0])),
            Is.EqualTo(new[] { ("b", "1", Verdict.NonStrict), ("os40", "1", Verdict.Pass), ("os40", "2", Verdict.Fail) }));
        Assert.That(history.Trends("1", "os40").Single().History.Trend, Is.EqualTo(new[] { Verdict.Pass }));
    }

    [Test]
    public void A_case_or_phone_that_no_run_had_is_refused_with_those_it_has()
    {
        Record(Verdict.Pass);
        using var history = HistoryFile.Open(Name, create: false);
        Assert.That(() => history.Trends("wpi/1/2"), Throws.TypeOf<FormatException>().With.Message.EqualTo($"{Name}: case: 'wpi/1/2' is not allowed; allowed are wpi/1/1."));
        Assert.That(() => history.Trends(null, "os41"), Throws.TypeOf<FormatException>().With.Message.EqualTo($"{Name}: phone: 'os41' is not allowed; allowed are os40."));
    }

    [Test]
    public void A_history_that_is_not_there_is_refused_by_who_reads()
    {
        Assert.That(() => HistoryFile.Open(Name, create: false), Throws.TypeOf<FormatException>().With.Message.Contains("there is no such file"));
        Assert.That(Name, Does.Not.Exist);
    }

    [Test]
    public void A_file_that_is_no_history_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(Name, "notes of mine, long enough to be no empty database, which would be taken for a new one");
        Assert.That(() => HistoryFile.Open(Name, create: true), Throws.TypeOf<FormatException>().With.Message.StartsWith($"{Name}: cannot be used as a history: "));
        Assert.That(File.ReadAllText(Name), Does.StartWith("notes of mine"));
    }

    [TestCase("CREATE TABLE mine (a)", "is a database of something else")]
    [TestCase("PRAGMA user_version=9; PRAGMA application_id=1330858060", "user_version: 9 is not allowed; allowed is 1")]
    public void A_database_of_something_else_or_of_another_version_is_refused(string made, string expected)
    {
        Execute(made);
        Assert.That(() => HistoryFile.Open(Name, create: true), Throws.TypeOf<FormatException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_verdict_that_is_none_is_refused_with_the_words_that_are()
    {
        Record(Verdict.Pass);
        Execute("UPDATE results SET verdict = 'fine'");
        using var history = HistoryFile.Open(Name, create: false);
        Assert.That(() => history.Trends(), Throws.TypeOf<FormatException>().With.Message.Contains("results.verdict: 'fine' is not allowed; allowed are pass, fail"));
    }

    private void Record(params Verdict[] verdicts)
    {
        using var history = HistoryFile.Open(Name, create: true);
        for (var day = 0; day < verdicts.Length; day++)
            history.Record(Run(verdicts[day], day));
    }

    private static RunReport Run(Verdict verdict, int day) => Of(Result(verdict)) with { StartedAt = Start.AddDays(day) };

    private void Execute(string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={Name};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
