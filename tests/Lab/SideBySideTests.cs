using System.Globalization;
using NUnit.Framework;

namespace OpenStage.Lab.Tests;

/// <summary>Comparison, history and baseline as the command line has them.</summary>
[TestFixture]
public sealed class SideBySideTests : CommandFixture
{
    private const string OneCase = "case == wpi/3.3/1";

    [Test]
    public async Task A_run_that_got_worse_ends_with_1_and_the_way_back_with_0_and_both_are_kept_in_the_history()
    {
        Assert.That(await RunAsync("good", "", "--history", In("lab.db")), Is.Zero);
        Assert.That(await RunAsync("bad", "wrong-root", "--history", In("lab.db")), Is.EqualTo(1));

        Assert.That(await LabCommand.InvokeAsync(["compare", In("good"), In("bad"), "--html", In("c.html"), "--json", In("c.json")]), Is.EqualTo(1));
        Assert.That(Output, Does.Contain("regression | wpi/3.3/1").And.Contain("1 regression, 0 improvements"));
        Assert.That(await File.ReadAllTextAsync(In("c.html")), Does.Contain("wpi/3.3/1"));
        Assert.That(await File.ReadAllTextAsync(In("c.json")), Does.Contain("\"regressions\": 1"));
        Assert.That(await LabCommand.InvokeAsync(["compare", In("bad"), In("good#a")]), Is.Zero);
        Assert.That(await LabCommand.InvokeAsync(["compare", In("good"), In("good")]), Is.Zero);

        Assert.That(await LabCommand.InvokeAsync(["history", In("lab.db")]), Is.Zero);
        Assert.That(Output, Does.Contain("a wpi/3.3/1 (V3 R5.12.0) flake 1.00: Pass, Fail; last passed").And.Contain(" seed 1 ").And.Contain("1 good, 0 failed, 0 lab errors"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(In("bad"), "report.json")), Does.Contain("\"flakeScore\": 1"));
    }

    [TestCase("wrong-root", "9999-12-31", 0, "\"verdict\": \"expected-failure\"")]
    [TestCase("", "9999-12-31", 1, "baseline.json:2: the case passes, though this entry expects it to fail (ticket 12); delete the entry.")]
    [TestCase("wrong-root", "2020-01-31", 1, "baseline.json:2: expires: the entry for wpi/3.3/1 on a expired on 2020-01-31")]
    public async Task A_baseline_excuses_what_it_names_until_its_day(string quirk, string expires, int expected, string told)
    {
        Assert.That(await RunAsync("out", quirk, "--baseline", Baseline(expires)), Is.EqualTo(expected));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(In("out"), "report.json")), Does.Contain(told));
    }

    [Test]
    public async Task A_baseline_or_history_that_cannot_be_used_ends_with_2_before_the_run()
    {
        Assert.That(await RunAsync("out", "", "--baseline", Baseline("soon")), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("baseline.json:2:72: expectedFailures[0].expires: 'soon' is not allowed; allowed is a day"));
        Assert.That(await RunAsync("out", "", "--history", In(Path.Combine("none", "lab.db"))), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("cannot be used as a history"));
        Assert.That(In("out"), Does.Not.Exist);
    }

    [Test]
    public async Task A_history_that_is_not_there_or_a_number_out_of_range_ends_with_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["history", In("none.db")]), Is.EqualTo(2));
        Assert.That(await LabCommand.InvokeAsync(["history", In("none.db"), "--last", "0"]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("none.db: there is no such file").And.Contain("--last '0' is not allowed; allowed is a whole number from 1 to 1000."));
    }

    [Test]
    public async Task A_comparison_that_cannot_be_made_or_written_ends_with_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["compare", In("none"), In("none")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("none: cannot be read: "));
        Assert.That(await RunAsync("good", ""), Is.Zero);
        Assert.That(await LabCommand.InvokeAsync(["compare", In("good"), In("good"), "--html", In(Path.Combine("none", "c.html"))]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("--html '").And.Contain("cannot be written"));
    }

    private string In(string name) => Path.Combine(Folder, name);

    private string Baseline(string expires)
    {
        var file = In("baseline.json");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture,
            $"{{ \"expectedFailures\": [\n{{ \"case\": \"wpi/3.3/1\", \"phone\": \"a\", \"reason\": \"ticket 12\", \"expires\": \"{expires}\" }} ] }}"));
        return file;
    }

    /// <summary>One case on one phone, on a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private Task<int> RunAsync(string name, string quirk, params string[] options)
    {
        var file = In("lab.json");
        var quirks = quirk.Length == 0 ? "" : $"\"{quirk}\"";
        File.WriteAllText(file, $$"""{ "phones": [ { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "V3 R5.12.0", "quirks": [{{quirks}}] } ] }""");
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => LabCommand.InvokeAsync(["run", file, "--out", In(name), "--where", OneCase, .. options]));
    }
}
