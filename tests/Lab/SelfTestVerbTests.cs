using NUnit.Framework;

namespace OpenStage.Lab.Tests;

[TestFixture]
public sealed class SelfTestVerbTests : CommandFixture
{
    [Test]
    public async Task A_case_is_killed_by_its_quirks_and_the_matrix_is_written_three_times()
    {
        var (html, json) = (Path.Combine(Folder, "m.html"), Path.Combine(Folder, "m.json"));
        Assert.That(await LabCommand.InvokeAsync(["selftest", "--where", "case == wpi/3.3/1", "--html", html, "--json", json]), Is.Zero);
        Assert.That(Output, Does.Contain("wrong-root").And.Contain("1 of 1 cases killed (100 %), 3 of 3 quirks and faults caught (100 %), 0 survivors"));
        Assert.That(await File.ReadAllTextAsync(html), Does.Contain("<td>wpi/3.3/1</td>"));
        Assert.That(await File.ReadAllTextAsync(json), Does.Contain("\"isWhole\": true"));
    }

    [Test]
    public async Task A_matrix_that_cannot_be_written_ends_with_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["selftest", "--where", "case == wpi/3.3/1", "--json", Path.Combine(Folder, "none", "m.json")]), Is.EqualTo(LabCommand.UsageError));
        Assert.That(Errors, Does.Contain("--json '"));
    }

    [Test]
    public async Task A_selection_without_a_case_ends_with_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["selftest", "--where", "case == wpi/none"]), Is.EqualTo(LabCommand.UsageError));
        Assert.That(Errors, Does.Contain("--where 'case == wpi/none' selects no case"));
    }
}
