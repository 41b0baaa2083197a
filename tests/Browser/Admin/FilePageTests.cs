using System.Text;
using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class FilePageTests : AdminPageTests
{
    [Test]
    public async Task A_file_is_uploaded_deployed_to_a_phone_and_kept_while_the_job_needs_it()
    {
        await GoAsync("/files");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no file yet");
        await Link("Upload a file").ClickAsync();
        await SeeAsync();
        // What is wrong is said at its field, and the file stays chosen.
        await Page.Locator("[name=name]").FillAsync("a/b");
        await Page.Locator("[name=file]").SetInputFilesAsync(new FilePayload { Name = "bell.mp3", MimeType = "audio/mpeg", Buffer = Encoding.ASCII.GetBytes("ding") });
        await Button("Upload").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-name-error")).ToContainTextAsync("allowed is a name without path");
        await Page.Locator("[name=name]").FillAsync("");
        await Button("Upload").ClickAsync();
        await ArriveAsync("/files/1");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("bell.mp3");
        await SeeAsync();

        await Page.GetByLabel("Deploy to phone").FillAsync(AdminLab.Known);
        await Button("Choose").ClickAsync();
        await Assertions.Expect(Page.Locator("[name=kind]")).ToHaveValueAsync("FileDeployment");
        await Assertions.Expect(Page.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Assertions.Expect(Page.Locator("#new-job [name=items]")).ToBeHiddenAsync();
        await SeeAsync();
        await Button("Create job").ClickAsync();
        await ArriveAsync("/jobs/5");
        Assert.That(Lab.Server.Jobs.Get(5)!.Files.Single().Name, Is.EqualTo("bell.mp3"));

        await GoAsync("/files/1");
        await Assertions.Expect(Page.Locator("#file-jobs")).ToContainTextAsync(AdminLab.Known);
        await Button("Delete").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a file that no open job needs, and job 5 does");
        await Lab.Server.Jobs.CancelAsync(5);
        await Button("Delete").ClickAsync();
        await ArriveAsync("/files");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no file yet");
    }

    [Test]
    public async Task Firmware_is_described_found_and_sent_when_the_phone_is_idle()
    {
        await GoAsync("/files/new");
        await Assertions.Expect(Page.GetByLabel("Version of the firmware")).ToBeHiddenAsync();
        await Page.Locator("[name=type]").SelectOptionAsync("APP");
        await Page.GetByLabel("Version of the firmware").FillAsync("V3 R5.12.0");
        await Page.GetByLabel("Device types").FillAsync("OpenStage 40\nOpenStage 60");
        await Page.Locator("[name=file]").SetInputFilesAsync(new FilePayload { Name = "os.img", MimeType = "application/octet-stream", Buffer = new byte[200_000] });
        await Button("Upload").ClickAsync();
        await ArriveAsync("/files/1");
        await SeeAsync();
        await GoAsync("/files?q=os.img&type=APP");
        await Assertions.Expect(Rows.First).ToContainTextAsync("V3 R5.12.0");
        await SeeAsync();

        await GoAsync($"/phones/{AdminLab.Known}");
        await Page.Locator("[name=kind]").SelectOptionAsync("SoftwareDeployment");
        await Page.Locator("[name=firmware]").SelectOptionAsync("1");
        await SeeAsync();
        await Button("Create job").ClickAsync();
        await ArriveAsync("/jobs/5");
        var job = Lab.Server.Jobs.Get(5)!;
        Assert.That(job.Kind, Is.EqualTo(JobKind.SoftwareDeployment));
        Assert.That(job.Software!.WhenIdle);
        Assert.That(job.Software.Version, Is.EqualTo("V3 R5.12.0"));
    }

    [Test]
    public async Task Files_of_another_server_and_files_to_delete_become_one_job()
    {
        await GoAsync($"/phones/{AdminLab.Known}?kind=FileDeployment");
        await Page.GetByText("A file on another server").ClickAsync();
        await Page.Locator("[name=address]").FillAsync("ftp://lab@files.example.net/rings/bell.mp3");
        await Page.Locator("[name=ftpPassword]").FillAsync("secret-4715");
        await Page.GetByText("Files to be deleted on the phone").ClickAsync();
        await Page.Locator("[name=delete]").FillAsync("RINGTONE old.mp3");
        await Button("Create job").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-type-error")).ToContainTextAsync("llowed is RINGTONE");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-4715"));
        await Page.Locator("[name=type]").SelectOptionAsync("RINGTONE");
        await Page.Locator("[name=ftpPassword]").FillAsync("secret-4715");
        await Button("Create job").ClickAsync();
        await ArriveAsync("/jobs/5");
        var files = Lab.Server.Jobs.Get(5)!.Files;
        Assert.That(files.Select(file => $"{file.Action} {file.Name}"), Is.EqualTo(new[] { "Deploy bell.mp3", "Delete old.mp3" }));
        Assert.That(files[0].Ftp!.Path, Is.EqualTo("rings/"));
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-4715"));
    }
}
