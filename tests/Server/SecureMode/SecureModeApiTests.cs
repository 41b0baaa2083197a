using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Server.Jobs;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>What an administrator asks of Secure Mode, rightly and wrongly.</summary>
public sealed class SecureModeApiTests
{
    private const string OtherMac = "00:1A:E8:00:00:02";

    private SecureLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await SecureLab.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("{}", "pin", "", "true or false")]
    [TestCase("""{"pin":null}""", "pin", "", "true or false")]
    [TestCase("""{"pin":"yes"}""", "$.pin", "line 1", "true or false")]
    [TestCase("""{"pin":false,"pinValue":"hunter2"}""", "pinValue", "one not shown here", "none when pin is false")]
    [TestCase("""{"pin":true,"pinValue":"hun"}""", "pinValue", "one of 3 characters", "4 to 32 letters")]
    [TestCase("""{"pin":true,"pinValue":"hunter2hunter2hunter2hunter2hunter"}""", "pinValue", "one of 34 characters", "4 to 32 letters")]
    [TestCase("""{"pin":true,"pinValue":"hunter 2"}""", "pinValue", "one of 8 characters", "without blanks")]
    [TestCase("""{"pin":true,"pinValue":"huntér2"}""", "pinValue", "one of 7 characters", "of ASCII")]
    [TestCase("""{"pin":false,"maxPinRetries":3}""", "maxPinRetries", "3", "none when pin is false")]
    [TestCase("""{"pin":true,"maxPinRetries":0}""", "maxPinRetries", "0", "1 to 10")]
    [TestCase("""{"pin":true,"maxPinRetries":11}""", "maxPinRetries", "11", "1 to 10")]
    [TestCase("""{"pin":true,"retries":1}""", "$.retries", "retries at line 1", "pin, pinValue, maxPinRetries")]
    public async Task A_way_to_Secure_Mode_that_cannot_be_is_refused_and_nothing_is_kept(string body, string field, string value, string allowed)
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, SecureLab.SecureModePath, body);
        AssertProblem(answer, 400, field, value, allowed);
        Assert.That(answer, Does.Not.Contain("hunt"));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
        Assert.That((await lab.GetAsync("/api/secure-mode/certificates")).AsArray(), Is.Empty);
    }

    [TestCase("POST", "/api/devices/nonsense/secure-mode", 400, "mac", "nonsense")]
    [TestCase("DELETE", "/api/devices/nonsense/secure-mode", 400, "mac", "nonsense")]
    [TestCase("DELETE", "/api/devices/001AE8000077/secure-mode", 404, "mac", "00:1A:E8:00:00:77")]
    [TestCase("DELETE", "/api/secure-mode/certificates/4711", 404, "serial", "4711")]
    [TestCase("DELETE", "/api/secure-mode/authorities/77", 404, "id", "77")]
    [TestCase("GET", "/api/secure-mode/certificates?mac=1", 400, "mac", "1")]
    [TestCase("GET", "/api/secure-mode/certificates?skip=-1", 400, "skip", "-1")]
    [TestCase("GET", "/api/secure-mode/certificates?top=0", 400, "top", "0")]
    [TestCase("GET", "/api/secure-mode/certificates?top=1001", 400, "top", "1001")]
    [TestCase("GET", "/api/secure-mode/certificates?top=many", 400, "top", "many")]
    public async Task What_is_not_there_or_makes_no_sense_is_named(string method, string target, int status, string field, string value)
    {
        var answer = method == "POST"
            ? await RawHttp.PostAsync(lab.Server.AdminUrl, target, """{"pin":false}""")
            : await RawHttp.GetAsync(lab.Server.AdminUrl, target, method);
        AssertProblem(answer, status, field, value, "");
    }

    [TestCase("""{"name":""}""")]
    [TestCase("""{"name":"   "}""")]
    [TestCase("""{"name":"a,O=b"}""")]
    [TestCase("""{"name":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    public async Task A_name_that_an_authority_cannot_have_is_refused(string body)
    {
        var before = lab.Server.Authority.Trusted.Single().Thumbprint;
        AssertProblem(await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/secure-mode/authorities", body), 400, "name", "", "1 to 64 letters");
        Assert.That(lab.Server.Authority.Trusted.Select(authority => authority.Thumbprint), Is.EqualTo(new[] { before }));
    }

    [Test]
    public async Task Only_one_way_to_Secure_Mode_at_a_time()
    {
        var begun = await lab.BeginAsync(new { pin = false });
        var id = lab.Job(begun).Id.ToString(CultureInfo.InvariantCulture);
        var again = await RawHttp.PostAsync(lab.Server.AdminUrl, SecureLab.SecureModePath, """{"pin":true}""");
        AssertProblem(again, 409, "mac", PhoneTalk.Mac, $"job {id} brings this one there");
        Assert.That((await lab.GetAsync("/api/secure-mode/certificates")).AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_phone_in_Secure_Mode_is_not_brought_there_again()
    {
        using var certificate = await lab.SecureAsync();
        var again = await RawHttp.PostAsync(lab.Server.AdminUrl, SecureLab.SecureModePath, """{"pin":false}""");
        AssertProblem(again, 409, "mac", PhoneTalk.Mac, "a phone in Default Mode");
        Assert.That((await CertificatesAsync()).Single()["state"]!.GetValue<string>(), Is.EqualTo("InUse"));
    }

    [Test]
    public async Task A_phone_in_Default_Mode_cannot_be_released()
    {
        await lab.RegisterAsync();
        AssertProblem(await RawHttp.GetAsync(lab.Server.AdminUrl, SecureLab.SecureModePath, "DELETE"), 409, "mac", PhoneTalk.Mac, "a phone that is in Secure Mode");
    }

    [Test]
    public async Task Jobs_do_not_bring_a_phone_to_Secure_Mode_past_the_way_that_is_meant_for_it()
    {
        AssertProblem(await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", $$"""{"mac":"{{PhoneTalk.Mac}}","kind":"SecureMode"}"""),
            400, "kind", "SecureMode", "POST /api/devices/{mac}/secure-mode");
        AssertProblem(await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs",
            $$"""{"mac":"{{PhoneTalk.Mac}}","kind":"WriteItems","items":[{"name":"dhcp","value":"1"},{"name":"goto-secure-mode","value":"nopin"}]}"""),
            400, "items[1].name", "goto-secure-mode", "POST /api/devices/{mac}/secure-mode");
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task The_states_of_certificates_follow_their_phones()
    {
        Assert.That(await StatesAsync(), Is.Empty);
        await lab.RegisterAsync();
        using var first = await lab.GiveAsync();
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "Issued" }));
        var phone = lab.Secure(first);
        await phone.TalkAsync(phone.StartUp("13"));
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "InUse" }));
        var shown = (await CertificatesAsync()).Single();
        Assert.That(shown["serial"]!.GetValue<string>(), Is.EqualTo(first.SerialNumber));
        Assert.That(shown["mac"]!.GetValue<string>(), Is.EqualTo(PhoneTalk.Mac));

        using var released = await lab.Running.Api.DeleteAsync(new Uri(SecureLab.SecureModePath, UriKind.Relative));
        Assert.That(JsonNode.Parse(await released.Content.ReadAsStringAsync())!.AsArray().Single()!["serial"]!.GetValue<string>(), Is.EqualTo(first.SerialNumber));
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "Revoked" }));
        lab.Running.Clock.Advance(TimeSpan.FromMinutes(1));
        using var second = await lab.GiveAsync();
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "Issued", "Revoked" }));
        lab.Running.Clock.Advance(TimeSpan.FromDays(3653));
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "Expired", "Revoked" }));
    }

    [Test]
    public async Task Certificates_are_listed_of_one_phone_or_page_by_page()
    {
        foreach (var mac in new[] { PhoneTalk.Mac, OtherMac })
        {
            await lab.BeginAsync(new { pin = false }, mac);
            lab.Running.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(Macs(await CertificatesAsync()), Is.EqualTo(new[] { OtherMac, PhoneTalk.Mac }), "the latest first");
        Assert.That(Macs(await CertificatesAsync("?mac=001ae8000001")), Is.EqualTo(new[] { PhoneTalk.Mac }));
        Assert.That(Macs(await CertificatesAsync("?skip=1&top=1")), Is.EqualTo(new[] { PhoneTalk.Mac }));
        Assert.That(Macs(await CertificatesAsync("?top=1")), Is.EqualTo(new[] { OtherMac }));
    }

    [Test]
    public async Task A_release_and_a_revocation_cancel_the_job_on_its_way()
    {
        var released = await lab.BeginAsync(new { pin = false });
        using (await lab.Running.Api.DeleteAsync(new Uri(SecureLab.SecureModePath, UriKind.Relative)))
            Assert.That(lab.Job(released).State, Is.EqualTo(JobState.Cancelled));
        var revoked = await lab.BeginAsync(new { pin = false });
        var serial = revoked["certificate"]!["serial"]!.GetValue<string>();
        using var answer = await lab.Running.Api.DeleteAsync(new Uri($"/api/secure-mode/certificates/{serial.ToLowerInvariant()}", UriKind.Relative));
        Assert.That(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["state"]!.GetValue<string>(), Is.EqualTo("Revoked"));
        Assert.That(lab.Job(revoked).State, Is.EqualTo(JobState.Cancelled));
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "Revoked", "Revoked" }));
    }

    [Test]
    public async Task A_second_revocation_changes_nothing()
    {
        using var certificate = await lab.SecureAsync();
        var target = new Uri($"/api/secure-mode/certificates/{certificate.SerialNumber}", UriKind.Relative);
        using var first = await lab.Running.Api.DeleteAsync(target);
        lab.Running.Clock.Advance(TimeSpan.FromHours(1));
        using var second = await lab.Running.Api.DeleteAsync(target);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Not.Null, "it is shut out, not released");
    }

    [Test]
    public async Task The_authority_is_told_as_PEM_and_renewed_and_given_up()
    {
        using var pem = await lab.Running.Api.GetAsync(new Uri("/api/secure-mode/authority", UriKind.Relative));
        Assert.That(pem.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-pem-file"));
        Assert.That(await pem.Content.ReadAsStringAsync(), Does.Match(@"\A-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n\z"));
        await lab.BeginAsync(new { pin = false });
        using var renewed = await lab.Running.Api.PostAsJsonAsync("/api/secure-mode/authorities", new { name = "Site North 2.0" });
        Assert.That(renewed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var all = (await lab.GetAsync("/api/secure-mode/authorities")).AsArray();
        Assert.That(all.Select(one => one!["state"]!.GetValue<string>()), Is.EqualTo(new[] { "Trusted", "Issuing" }));
        Assert.That(all.Select(one => one!["held"]!.GetValue<long>()), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(all[1]!["subject"]!.GetValue<string>(), Is.EqualTo("CN=Site North 2.0"));
        Assert.That(all.ToJsonString(), Does.Not.Contain("PRIVATE").And.Not.Contain("\"key\""));

        var first = all[0]!["id"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture);
        AssertProblem(await RawHttp.GetAsync(lab.Server.AdminUrl, $"/api/secure-mode/authorities/{first}", "DELETE"), 409, "id", first, "1 do");
        using (await lab.Running.Api.DeleteAsync(new Uri(SecureLab.SecureModePath, UriKind.Relative)))
            Assert.That(RawHttp.Status(await RawHttp.GetAsync(lab.Server.AdminUrl, $"/api/secure-mode/authorities/{first}", "DELETE")), Is.EqualTo(200));
        all = (await lab.GetAsync("/api/secure-mode/authorities")).AsArray();
        Assert.That(all.Select(one => one!["state"]!.GetValue<string>()), Is.EqualTo(new[] { "Retired", "Issuing" }));
    }

    [Test]
    public async Task The_PIN_that_the_server_made_up_is_told_once()
    {
        await lab.RegisterAsync();
        using var response = await lab.Running.Api.PostAsJsonAsync(SecureLab.SecureModePath, new { pin = true });
        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
        var text = await response.Content.ReadAsStringAsync();
        var pin = JsonNode.Parse(text)!["pin"]!.GetValue<string>();
        Assert.That(text.Split(pin), Has.Length.EqualTo(2), "once, and not in its job");
        var phone = lab.Default();
        var data = SecureLab.Items(await phone.TalkAsync(phone.Initiating("11", "solicited")))["secure-mode-data"];
        await phone.TalkAsync(TlsPhone.Reply("12", "WriteItems"));
        await AssertNotToldAsync(pin, pin[..^3], data[..40]);
        foreach (var file in Directory.GetFiles(lab.Running.Folder, "server.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.That(Encoding.Latin1.GetString(bytes.ToArray()), Does.Not.Contain(pin), file);
        }
    }

    [Test]
    public async Task A_PIN_that_was_given_and_its_TAN_are_told_nowhere()
    {
        await lab.RegisterAsync();
        const string Pin = "Open-Sesame-kjV";
        var begun = await lab.BeginAsync(new { pin = true, pinValue = Pin });
        Assert.That(begun.ToJsonString(), Does.Not.Contain("Sesame"));
        var phone = lab.Default();
        var packed = SecureLab.Items(await phone.TalkAsync(phone.Initiating("11", "solicited")))["secure-mode-data"];
        await phone.TalkAsync(TlsPhone.Reply("12", "WriteItems"));
        Assert.That(SecureModeData.TryUnpack(packed, Pin[..^3], out var data), Is.True);
        using var certificate = SecureLab.Certificate(data!.ClientCertificate);
        var secured = lab.Secure(certificate);
        await secured.TalkAsync(secured.StartUp("13"));
        await secured.TalkAsync(TlsPhone.Reply("14", "ReadItems", """<ItemList><Item name="bootstrapping-tan">kjV</Item></ItemList>"""));
        Assert.That(lab.Job(begun), Has.Property("State").EqualTo(JobState.Succeeded).And.Property("Bootstrapping").Property("Tan").EqualTo("kjV"));
        await AssertNotToldAsync("Sesame", ">kjV<", "\"kjV\"");
    }

    [Test]
    public async Task A_client_key_is_told_to_the_phone_only()
    {
        using var certificate = await lab.SecureAsync();
        var sent = lab.Running.Exchanges.All.Select(exchange => Encoding.UTF8.GetString(exchange.ResponseBody.Span)).Single(body => body.Contains("dls-client-certificate", StringComparison.Ordinal));
        var key = SecureLab.Items(sent)["dls-client-certificate"];
        foreach (var target in new[] { "/api/jobs", $"/api/devices/{PhoneTalk.Mac}/items", "/api/transcripts", "/api/secure-mode/certificates" })
            Assert.That(await lab.Running.Api.GetStringAsync(target), Does.Not.Contain(key[100..160]), target);
    }

    [Test]
    public void A_job_of_that_kind_needs_what_the_phone_is_given() => Assert.That(
        async () => await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.SecureMode, Items = [new Item("goto-secure-mode", "nopin")] }),
        Throws.TypeOf<RequestException>().With.Property("Field").EqualTo("kind"));

    [Test]
    public async Task What_an_earlier_way_left_is_revoked_by_the_next()
    {
        var first = await lab.BeginAsync(new { pin = true });
        await lab.Server.Jobs.CancelAsync(lab.Job(first).Id);
        lab.Running.Clock.Advance(TimeSpan.FromSeconds(1));
        await lab.BeginAsync(new { pin = true });
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { nameof(ClientCertificateState.Issued), nameof(ClientCertificateState.Revoked) }));
    }

    private async Task<IEnumerable<string>> StatesAsync() => (await CertificatesAsync()).Select(one => one["state"]!.GetValue<string>());

    private async Task<List<JsonNode>> CertificatesAsync(string query = "") =>
        [.. (await lab.GetAsync($"/api/secure-mode/certificates{query}")).AsArray().Select(one => one!)];

    private async Task AssertNotToldAsync(params string[] secrets)
    {
        foreach (var target in new[]
        {
            "/api/jobs", "/api/jobs/1", "/api/jobs/1/wait?timeoutSeconds=0", "/api/devices", $"/api/devices/{PhoneTalk.Mac}",
            $"/api/devices/{PhoneTalk.Mac}/items", "/api/transcripts", "/api/secure-mode/certificates", "/api/secure-mode/authorities",
        })
        {
            var told = (await lab.Running.Api.GetStringAsync(target)).Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);
            foreach (var secret in secrets)
                Assert.That(told, Does.Not.Contain(secret), target);
        }
    }

    private static IEnumerable<string> Macs(IEnumerable<JsonNode> certificates) => certificates.Select(one => one["mac"]!.GetValue<string>());

    private static void AssertProblem(string answer, int status, string field, string value, string allowed)
    {
        Assert.That(RawHttp.Status(answer), Is.EqualTo(status), answer);
        var detail = RawHttp.Json(answer)["errors"]!.AsArray().Single()!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed).And.Not.Empty);
    }
}
