using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class MarkdownReportTests
{
    [Test]
    public void A_red_result_has_rule_page_what_came_and_how_to_see_it_again()
    {
        var report = Of(Result(Verdict.Fail) with { Expected = "status 'busy'", Actual = "'accepted'", Compatible = false }, Result(Verdict.Pass, "wpi/1/2"));
        report = report with { Cases = [report.Cases[0] with { Rules = ["R-8.04-1"] }, report.Cases[1]] };
        Assert.That(MarkdownReport.Write(report), Is.EqualTo("""
            # Conformance report: 1 failed

            2026-03-01 02:00 UTC, 2 cases on 1 phone in 1.0 s, seed 7, lab file `lab.json`, run `1`

            | Phone | Model | Firmware | pass | fail | not compatible |
            |---|---|---|--:|--:|--:|
            | os40 | OpenStage 40 | V3 R3.24.0 | 1 | 1 | 1 |

            ## Red

            - **fail** os40: A title (`wpi/1/1`, WPI guide p.46, R-8.04-1); the phone does not work with a service for this
              Asked for: A rule
              Found: expected status 'busy', got 'accepted'
              See it again: `lab run "lab.json" --seed 7 --where "case == wpi/1/1 and phone == os40"`

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_run_without_a_fault_says_so() =>
        Assert.That(MarkdownReport.Write(Of(Result(Verdict.Pass))), Does.StartWith("# Conformance report: all good\n").And.Not.Contains("##"));

    [Test]
    public void What_is_wrong_with_the_run_itself_is_said_first()
    {
        var report = Of(Result(Verdict.LabError) with { Reason = "Cable out.", Advice = "Put it in." }) with
        {
            Complete = false,
            PlannedResults = 9,
            LabErrors = ["port in use"],
            BaselineErrors = ["b.json:5: expired"],
            NotRestored = [new NotRestoredEntry("os40", "wpi/1/1", "sntp-addr", "It was refused.")],
        };
        var text = MarkdownReport.Write(report);
        Assert.That(text, Does.StartWith("# Conformance report: 1 lab error, the lab failed, the baseline is out of date, 1 setting not set back, not complete\n"));
        Assert.That(text, Does.Contain("The run is not complete: 1 of 9 results are there.").And.Contain("**os40**: `sntp-addr` (case `wpi/1/1`). It was refused.").And.Contain("What to do next: Put it in."));
    }

    [Test]
    public void Text_of_a_phone_is_no_markup()
    {
        var text = MarkdownReport.Write(Of(Result(Verdict.Fail) with { Expected = "x", Actual = "a|b `c` <img src=x> [l](http://x) **d**\n# e\u0001" }));
        Assert.That(text, Does.Contain(@"a\|b \`c\` &lt;img src=x&gt; \[l\](http://x) \*\*d\*\*\\u000a\# e\\u0001"));
    }

    [Test]
    public void Backticks_cannot_end_a_command() =>
        Assert.That(MarkdownReport.Write(Of(Result(Verdict.Fail) with { Reproduce = "lab repro `x`" })), Does.Contain("See it again: `` lab repro `x` ``"));

    [Test]
    public void A_long_list_is_cut_and_the_rest_counted()
    {
        var text = MarkdownReport.Write(Of([.. Enumerable.Range(1, 23).Select(number => Result(Verdict.Fail, $"wpi/1/{number}"))]));
        Assert.That(text, Does.Contain("(`wpi/1/20`").And.Not.Contains("(`wpi/1/21`").And.Contain("- and 3 more, see report.html"));
    }

    [Test]
    public void What_changed_since_the_last_run_is_counted_and_named()
    {
        var text = MarkdownReport.Write(LastRun.Compare(Of(Result(Verdict.Fail), Result(Verdict.Pass, "wpi/1/2")), Of(Result(Verdict.Pass), Result(Verdict.Fail, "wpi/1/2")) with { RunId = "0" }));
        Assert.That(text, Does.Contain("## Since 0\n\n1 new failure, 1 mended, 0 still failing.\n").And.Contain("## Mended\n\n- os40: A title (`wpi/1/2`)"));
    }
}
