using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>What holds for every page.</summary>
[TestFixture]
public sealed class LookTests : AdminPageTests
{
    private static readonly string[] Pages =
    [
        "/", "/phones", "/phones?q=nothing-like-this", $"/phones/{AdminLab.Known}", $"/phones/{AdminLab.Known}/items", $"/phones/{AdminLab.Known}/changes",
        $"/phones/{AdminLab.Known}/messages", $"/phones/{AdminLab.Hostile}", $"/phones/{AdminLab.Hostile}/items", $"/phones/{AdminLab.Hostile}/changes",
        $"/phones/{AdminLab.Hostile}/messages", "/jobs", "/jobs/2", "/jobs/4", "/settings", "/nowhere",
        "/password", "/campaigns", "/campaigns/new", "/templates", "/templates/new", $"/phones/{AdminLab.Known}/template",
        $"/phones/{AdminLab.Known}/polling", $"/phones/{AdminLab.Known}/secure-mode", "/files", "/users/new", "/phone-templates", "/phone-templates/new", "/network",
        "/scans", "/me", "/files/7",
    ];

    [Test]
    public async Task Every_page_can_be_read_in_light_and_dark_and_fits_a_narrow_window([ValueSource(nameof(Pages))] string path)
    {
        await GoAsync(path);
        await SeeAsync();
    }
}
