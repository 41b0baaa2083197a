using System.Text.Json;
using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.Rules;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Lab.Tests;

/// <summary>The shipped rules against the suite and the golden transcripts: nothing is promised that is not there.</summary>
[TestFixture]
public sealed class RulesTests : CommandFixture
{
    private const string ServicePrefix = "service/";

    private static readonly IReadOnlyList<Rule> Rules = ConformanceRules.Book.Rules;

    private static readonly IReadOnlyList<CaseInfo> Cases = [.. CaseSuite.All, .. CaseSuite.Services];

    [Test]
    public void Every_rule_has_a_case_or_a_reason() => Assert.That(Rules.Where(rule => rule.IsOpen).Select(rule => rule.Id), Is.Empty);

    [Test]
    public void Every_case_that_a_rule_names_is_there()
    {
        var known = Cases.Select(info => info.Id)
            .Concat(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "service-flows"), "*.flow").Select(file => ServicePrefix + Path.GetFileNameWithoutExtension(file)))
            .ToHashSet();
        Assert.That(Rules.SelectMany(rule => rule.Checks.Where(check => !known.Contains(check)).Select(check => $"{rule.Id}: {check}")), Is.Empty);
    }

    [Test]
    public void Every_case_checks_a_rule() => Assert.That(Cases.Where(info => info.Rules.Count == 0).Select(info => info.Id), Is.Empty);

    [Test]
    public void A_case_asks_for_no_more_than_one_of_its_rules_does() => Assert.That(
        Cases.Where(info => info.Rules.Select(Find).Min(rule => rule.Level) > info.Level).Select(info => info.Id), Is.Empty);

    [Test]
    public void Golden_transcripts_of_the_service_check_rules_of_the_service() => Assert.That(
        Rules.Where(rule => rule.Side == RuleSide.Phone && rule.Checks.Any(check => check.StartsWith(ServicePrefix, StringComparison.Ordinal))).Select(rule => rule.Id), Is.Empty);

    [Test]
    public void Most_rules_that_a_service_must_keep_are_checked_by_a_case_of_the_server_suite()
    {
        var must = Rules.Where(rule => rule is { Side: RuleSide.Server, Level: Level.Must }).ToList();
        Assert.That(must.Count(rule => rule.Checks.Any(check => check.StartsWith("srv/", StringComparison.Ordinal))), Is.GreaterThan(must.Count * 8 / 10));
    }

    [Test]
    public void There_are_at_least_150_cases_for_a_must_or_a_should() => Assert.That(
        CaseSuite.All.Count(info => info.Rules.Any(id => Find(id).Level != Level.Informational)), Is.AtLeast(150));

    [Test]
    public void There_are_rules_for_every_section() =>
        Assert.That(ConformanceRules.Book.Coverage().Where(line => line.Rules == 0).Select(line => line.Section.Number), Is.Empty);

    [Test]
    public void Most_rules_that_a_phone_must_keep_are_checked_by_a_case()
    {
        var must = Rules.Where(rule => rule is { Side: not RuleSide.Server, Level: Level.Must }).ToList();
        Assert.That(must.Count(rule => rule.Checks.Count > 0), Is.GreaterThan(must.Count * 9 / 10));
    }

    [Test]
    public async Task The_verb_prints_the_coverage_of_each_section()
    {
        var text = await PrintedAsync("rules");
        Assert.That(text, Does.Contain("8.04").And.Contain("Busy phones").And.Contain("Checked"));
    }

    [Test]
    public async Task The_verb_prints_what_is_missing_with_its_reason()
    {
        var text = await PrintedAsync("rules", "--missing");
        var rule = Rules.First(rule => rule.Reason.Length > 0);
        Assert.That(text, Does.Contain(rule.Id).And.Contain(rule.Reason));
        Assert.That(text, Does.Not.Contain(Rules.First(rule => rule.Checks.Count > 0).Id + " "));
    }

    [Test]
    public async Task The_verb_prints_JSON()
    {
        using var json = JsonDocument.Parse(await PrintedAsync("rules", "--json"));
        var rules = json.RootElement.GetProperty("rules");
        Assert.That(rules.GetArrayLength(), Is.EqualTo(Rules.Count));
        Assert.That(rules[0].GetProperty("id").GetString(), Is.EqualTo(Rules[0].Id));
        Assert.That(json.RootElement.GetProperty("sections").EnumerateArray().Sum(section => section.GetProperty("rules").GetInt32()), Is.EqualTo(Rules.Count));
    }

    private static Rule Find(string id) => Rules.Single(rule => rule.Id == id);

    private async Task<string> PrintedAsync(params string[] args)
    {
        Assert.That(await LabCommand.InvokeAsync(args), Is.Zero);
        return Output;
    }
}
