using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.SelfTest;

namespace OpenStage.Harness.Tests.SelfTest;

[TestFixture]
public sealed class KillMatrixTests
{
    private static readonly KillMatrix Good = new()
    {
        Model = "OpenStage 80",
        Firmware = "V3 R5.12.0",
        Seed = 1,
        Cases = [new TestedCase("wpi/1", "A is so", "A must be so.", Verdict.Pass), new TestedCase("wpi/2", "B is so", "B must be so.", Verdict.Pass)],
        Quirks = [new TestedQuirk("QK-001", "a-wrong", "The phone does A wrong."), new TestedQuirk("QK-002", "b-wrong", "The phone does B <wrong>.")],
        Pairs = [new Kill("wpi/1", "a-wrong", Verdict.Fail, true, "Expected a, got b."), new Kill("wpi/2", "b-wrong", Verdict.NonStrict, true, "Expected c, got d.")],
    };

    private static Kill Surviving => new("wpi/2", "b-wrong", Verdict.Pass, false, "");

    [Test]
    public void A_matrix_where_all_are_killed_and_caught_is_whole()
    {
        Assert.That((Good.CasesKilled, Good.QuirksCaught, Good.CasePercent, Good.QuirkPercent, Good.IsWhole), Is.EqualTo((2, 2, 100.0, 100.0, true)));
        Assert.That(KillMatrixWriter.Text(Good), Does.StartWith("QK-001 a-wrong  wpi/1\nQK-002 b-wrong  wpi/2\n").And.Contain("2 of 2 cases killed (100 %), 2 of 2 quirks and faults caught (100 %), 0 survivors"));
    }

    [Test]
    public void A_survivor_is_named_with_what_was_expected()
    {
        var matrix = Good with { Pairs = [Good.Pairs[0], Surviving] };
        Assert.That((matrix.CasesKilled, matrix.QuirksCaught, matrix.CasePercent, matrix.IsWhole), Is.EqualTo((1, 1, 50.0, false)));
        Assert.That(KillMatrixWriter.Text(matrix), Does.Contain("b-wrong  NOT wpi/2").And.Contain("wpi/2 survives b-wrong: pass.").And.Contain("The phone does B <wrong>. Expected was that the case fails, as it asks: B must be so."));
    }

    [Test]
    public void A_case_that_promises_too_much_makes_it_less_than_whole_though_another_quirk_kills_the_case()
    {
        var matrix = Good with { Pairs = [.. Good.Pairs, new Kill("wpi/2", "a-wrong", Verdict.Pass, false, "")] };
        Assert.That((matrix.CasePercent, matrix.QuirkPercent, matrix.IsWhole), Is.EqualTo((100.0, 100.0, false)));
    }

    [Test]
    public void Cases_without_a_quirk_and_quirks_without_a_case_are_named()
    {
        var matrix = Good with { Pairs = [Good.Pairs[0]] };
        Assert.That(matrix.IsWhole, Is.False);
        Assert.That(KillMatrixWriter.Text(matrix), Does.Contain("wpi/2 names nothing").And.Contain("b-wrong is caught by no case").And.Contain("b-wrong  (no case)"));
    }

    [Test]
    public void A_case_that_does_not_pass_without_a_quirk_is_named_and_a_lab_error_is_never_whole()
    {
        var matrix = Good with { Cases = [Good.Cases[0], Good.Cases[1] with { WithoutQuirk = Verdict.Fail, Reason = "Expected c, got d." }], Pairs = [Good.Pairs[0], Surviving], LabErrors = ["the port is taken"] };
        Assert.That(KillMatrixWriter.Text(matrix), Does.Contain("wpi/2 does not pass on the phone or service without any").And.Contain("Lab error: the port is taken").And.Not.Contain("survives"));
        Assert.That((Good with { LabErrors = ["x"] }).IsWhole, Is.False);
    }

    [Test]
    public void The_page_has_both_ways_round_and_no_markup_of_ours()
    {
        var page = KillMatrixWriter.Html(Good with { Pairs = [Good.Pairs[0], Surviving] });
        Assert.That(page, Does.Contain("<td>QK-002</td><td>b-wrong</td><td>The phone does B &lt;wrong&gt;.</td><td>NOT wpi/2</td>").And.Contain("<td>wpi/1</td><td>A is so</td><td>pass</td><td>a-wrong</td>"));
        Assert.That(page, Does.Contain("<tr class=\"fail\"><td>QK-002"));
    }

    [Test]
    public void The_JSON_has_pairs_and_shares()
    {
        var json = KillMatrixWriter.Json(Good);
        Assert.That(json, Does.Contain("\"casePercent\": 100").And.Contain("\"verdict\": \"non-strict\"").And.Contain("\"isWhole\": true"));
    }
}
