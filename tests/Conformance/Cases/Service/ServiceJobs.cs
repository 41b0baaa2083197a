using System.Globalization;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>What becomes of a job that a service is given (WPI guide p.41-60).</summary>
[Guide("3.6", Page = 42)]
public sealed class ServiceJobs(string serviceId) : ServiceCases(serviceId)
{
    private static readonly Uri Logo = new("https://files.example.net/phones/logo.png");
    private static readonly Uri Ring = new("https://files.example.net/phones/ring.mp3");
    private static readonly Uri Image = new("https://files.example.net/firmware/os40.img");

    [Case("srv/3.6/1", Level.Must, "ReadItems names the items with empty content.", ServiceNeeds = ServiceCapability.ReadItems, Catches = ["read-items-with-values"])]
    public async Task ReadItems_names_the_items_with_empty_content()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.ReadItems, new("sntp-addr"), new("e164")), "ReadItems");
        ExpectText("e164, sntp-addr", string.Join(", ", asked.Items.Select(item => item.Name).Order(StringComparer.Ordinal)), "items");
        Expect(asked.Items.All(item => item.Text.Length == 0), "no content", "some");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3.6/2", Level.Must, "ReadItems names an item of a table with its index.", ServiceNeeds = ServiceCapability.ReadItems, Catches = ["index-not-sent"])]
    public async Task ReadItems_names_the_index()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.ReadItems, new Item("function-key-def", "", 2)), "ReadItems");
        ExpectText("2", asked.Items[0].Index, "index");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3.6/3", Level.Must, "A job that reads everything is ReadAllItems, and ends with CleanUp once the items came.", Page = 41,
        ServiceNeeds = ServiceCapability.ReadAllItems, Catches = ["never-clean-up"])]
    public async Task A_job_that_reads_everything_asks_and_ends()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.ReadAllItems), "ReadAllItems");
        ExpectEnd(await Phone.FollowAsync(await Phone.ObeyAsync(asked)));
    }

    [Case("srv/3.6/4", Level.Must, "A phone that refuses an action is let go, and not asked the same without end.", Page = 29,
        ServiceNeeds = ServiceCapability.ReadItems, Catches = ["never-clean-up"])]
    public async Task A_phone_that_answers_failed_is_let_go()
    {
        await CalledForAsync(Job(ServiceJobKind.ReadItems, new Item("sntp-addr")), "ReadItems");
        ExpectEnd(await Phone.FollowAsync(await Phone.PostAsync(Phone.Reply("ReadItems") with { Status = "failed" })));
    }

    [Case("srv/3.6/5", Level.Must, "A job without an action only has the phone call.", Page = 75, ServiceNeeds = ServiceCapability.Contact, Catches = ["inventory-read"])]
    public async Task A_job_without_action_has_the_phone_call()
    {
        await RegisterAsync(Phone);
        await Service.OrderAsync(Job(ServiceJobKind.Contact));
        await Phone.ContactedAsync();
        ExpectEnd(await Phone.SayAsync("solicited"));
    }

    [Case("srv/3.6.5/1", Level.Must, "Restart ends the interaction: the service drops the session.", Page = 50, ServiceNeeds = ServiceCapability.Restart, Catches = ["session-goes-on"])]
    public async Task Restart_ends_the_session()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.Restart), "Restart");
        Expect(asked.Items.Count == 0, "no items", string.Join(", ", asked.Items));
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("start-up")));
        ExpectEnd(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems));
    }

    [Case("srv/3.6.5/2", Level.Must, "A factory reset is Restart with restart-type FactoryReset and restart-password.", Page = 51,
        ServiceNeeds = ServiceCapability.FactoryReset, Catches = ["reset-without-password"])]
    public async Task A_factory_reset_has_type_and_password()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.Restart, new("restart-password", "124816"), new("restart-type", "FactoryReset")), "Restart");
        ExpectText("FactoryReset", asked.Message.Item("restart-type")?.Text, "restart-type");
        Expect(asked.Message.Item("restart-password")?.Text == "124816", "restart-password with the password of the guide", "another, or none");
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("start-up", isChanged: true)));
    }

    [Case("srv/3.6/6", Level.Must, "file-https-base-url is the whole address of the file, name and all, and file-type says what it is.", Page = 53,
        ServiceNeeds = ServiceCapability.FileDeployment, Catches = ["file-name-cut-off"])]
    public async Task A_file_is_named_by_its_whole_address()
    {
        var asked = await CalledForAsync(Deploying(Logo), "FileDeployment");
        ExpectText(Logo.AbsoluteUri, asked.Message.Item("file-https-base-url")?.Text, "file-https-base-url");
        ExpectText("LOGO", asked.Message.Item("file-type")?.Text, "file-type");
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("status", more: [.. ScriptedPhone.FileReports(asked)])));
    }

    [Case("srv/3.6/7", Level.Must, "status after a deployment is answered with CleanUp or the next action.", Page = 52,
        ServiceNeeds = ServiceCapability.FileDeployment, Catches = ["status-refused"])]
    public async Task The_status_after_a_deployment_is_answered()
    {
        var asked = await CalledForAsync(Deploying(Logo), "FileDeployment");
        var answer = await Phone.SayAsync("status", more: [.. ScriptedPhone.FileReports(asked)]);
        ExpectEnd(await Phone.FollowAsync(answer));
    }

    [Case("srv/3.6/8", Level.Must, "Several files in one message are told apart by index.", Page = 55,
        ServiceNeeds = ServiceCapability.FileDeployment, Catches = ["index-not-sent"])]
    public async Task Several_files_have_indexes()
    {
        var asked = await CalledForAsync(Deploying(Logo) with { Files = [Logo, Ring], FileType = "PIC" }, "FileDeployment");
        var indexes = asked.Items.Where(item => item.Name == "file-https-base-url").Select(item => item.Index).ToList();
        Expect(indexes.Count == 2 && indexes.Distinct().Count() == 2 && !indexes.Contains(null), "two addresses with an index each",
            string.Join(", ", indexes.Select(index => index ?? "none")));
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("status", more: [.. ScriptedPhone.FileReports(asked)])));
    }

    [Case("srv/3.6/9", Level.Must, "Firmware is deployed with its version in dots, and what the phone starts with is what counts.", Page = 57,
        ServiceNeeds = ServiceCapability.SoftwareDeployment, Catches = ["version-not-in-dots"])]
    public async Task Firmware_is_deployed_with_its_version_in_dots()
    {
        var version = Phone.NewFirmware;
        var asked = await CalledForAsync(Job(ServiceJobKind.SoftwareDeployment) with { Files = [Image], FileType = "APP", Version = version }, "SoftwareDeployment");
        ExpectText(Image.AbsoluteUri, asked.Message.Item("file-https-base-url")?.Text, "file-https-base-url");
        ExpectText(version.Replace("V", "").Replace(" R", "."), asked.Message.Item("file-sw-version")?.Text, "file-sw-version");
        Phone.Firmware = version;
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("start-up", isChanged: true)));
    }

    [Case("srv/3.6/10", Level.Must, "A certificate is written to wbm-server-certificate as base64.", Page = 59,
        ServiceNeeds = ServiceCapability.WriteItems, Catches = ["long-value-cut-off"])]
    public async Task A_certificate_is_written_whole()
    {
        var certificate = Convert.ToBase64String([.. Enumerable.Range(0, 3000).Select(number => (byte)(number * 7))]);
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("wbm-server-certificate", certificate)), "WriteItems");
        var came = asked.Message.Item("wbm-server-certificate")?.Text ?? "";
        Expect(came == certificate, string.Create(CultureInfo.InvariantCulture, $"the {certificate.Length} characters of the certificate"),
            string.Create(CultureInfo.InvariantCulture, $"{came.Length} characters, not the same"));
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    private ServiceJob Deploying(Uri file) => Job(ServiceJobKind.FileDeployment) with { Files = [file], FileType = "LOGO" };
}
