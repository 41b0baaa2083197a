using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Files;

/// <summary>The library by the admin API.</summary>
public sealed class FileApiTests
{
    private const int Limit = 3_000_000;

    private FileLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await FileLab.StartAsync(options => options with { MaxFileBytes = Limit });

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_file_is_taken_in_shown_and_given_back()
    {
        var content = FileBytes.Of(Limit);
        using var answer = await UploadAsync("name=b%C3%BCro.png&type=logo", content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/api/files/1"));
        var file = await JsonAsync(answer);
        Assert.That(file["name"]!.GetValue<string>(), Is.EqualTo("büro.png"));
        Assert.That(file["type"]!.GetValue<string>(), Is.EqualTo("LOGO"));
        Assert.That(file["size"]!.GetValue<long>(), Is.EqualTo(Limit));
        Assert.That(file["uploaded"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Running.Clock.GetUtcNow()));
        Assert.That((await GetAsync("/api/files/1"))["sha256"]!.GetValue<string>(), Is.EqualTo(file["sha256"]!.GetValue<string>()));

        using var back = await lab.Running.Api.GetAsync(new Uri("/api/files/1/content", UriKind.Relative));
        Assert.That(back.Content.Headers.ContentLength, Is.EqualTo(Limit));
        Assert.That(back.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(back.Content.Headers.ContentDisposition.FileNameStar, Is.EqualTo("büro.png"));
        Assert.That((await back.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task Firmware_is_taken_in_with_version_and_device_types()
    {
        using var answer = await UploadAsync("name=OS40.img&type=APP&version=3.5.12.0&deviceType=OpenStage%2040&deviceType=OpenStage%2060", [1]);
        var file = await JsonAsync(answer);
        Assert.That(file["version"]!.GetValue<string>(), Is.EqualTo("V3 R5.12.0"));
        Assert.That(file["deviceTypes"]!.AsArray().Select(type => type!.GetValue<string>()), Is.EqualTo(new[] { "OpenStage 40", "OpenStage 60" }));
        Assert.That(file["softwareType"]!.GetValue<string>(), Is.EqualTo("Siemens SIP"));
    }

    [Test]
    public async Task Files_are_searched_by_any_part_of_what_is_said_of_them_and_paged()
    {
        foreach (var query in new[] { "name=logo.png&type=LOGO", "name=Ring_1.wav&type=RINGTONE", "name=OS40.img&type=APP&version=V3%20R5.12.0&deviceType=OpenStage%2040", "name=100%25.png&type=PIC" })
            (await UploadAsync(query, [1])).Dispose();
        Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "100%.png", "OS40.img", "Ring_1.wav", "logo.png" }));
        Assert.That(await NamesAsync("?search=RING_"), Is.EqualTo(new[] { "Ring_1.wav" }));
        Assert.That(await NamesAsync("?search=%25"), Is.EqualTo(new[] { "100%.png" }));
        Assert.That(await NamesAsync("?search=openstage%2040"), Is.EqualTo(new[] { "OS40.img" }));
        Assert.That(await NamesAsync("?search=v3%20r5"), Is.EqualTo(new[] { "OS40.img" }));
        Assert.That(await NamesAsync("?type=logo"), Is.EqualTo(new[] { "logo.png" }));
        Assert.That(await NamesAsync("?type=LOGO&search=ring"), Is.Empty);
        Assert.That(await NamesAsync("?skip=1&top=2"), Is.EqualTo(new[] { "OS40.img", "Ring_1.wav" }));
        Assert.That((await GetAsync("/api/files?skip=1&top=2"))["total"]!.GetValue<long>(), Is.EqualTo(4));
    }

    [Test]
    public async Task What_is_said_of_a_file_is_changed_as_a_whole()
    {
        (await UploadAsync("name=OS40.img&type=APP&version=V3%20R5.12.0&deviceType=OpenStage%2040", [1])).Dispose();
        using var answer = await PutAsync(1, """{"name":"OS40_2.img","type":"APP","softwareType":"Unify SIP"}""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var file = await GetAsync("/api/files/1");
        Assert.That(file["name"]!.GetValue<string>(), Is.EqualTo("OS40_2.img"));
        Assert.That(file["version"]!.GetValue<string>(), Is.Empty);
        Assert.That(file["deviceTypes"]!.AsArray(), Is.Empty);
        Assert.That(file["softwareType"]!.GetValue<string>(), Is.EqualTo("Unify SIP"));
    }

    [Test]
    public async Task A_file_is_deleted_unless_an_open_job_needs_it()
    {
        var file = await lab.AddAsync([1]);
        var job = await lab.DeployAsync(file);
        using (var refused = await DeleteAsync(file.Id))
            await AssertErrorAsync(refused, 409, "id", "1", $"a file that no open job needs, and job {job.Id} does");
        Assert.That((await GetAsync("/api/files/1/jobs")).AsArray().Single()!["id"]!.GetValue<long>(), Is.EqualTo(job.Id));

        await lab.Server.Jobs.CancelAsync(job.Id);
        Assert.That((await GetAsync("/api/files/1/jobs")).AsArray(), Is.Empty);
        using (var done = await DeleteAsync(file.Id))
            Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        using (var again = await DeleteAsync(file.Id))
            await AssertErrorAsync(again, 404, "id", "1", "the id of a file in /api/files");
        await Assert.ThatAsync(() => lab.DeployAsync(file), Throws.TypeOf<RequestException>().With.Property("Field").EqualTo("files[0].file"));
    }

    [TestCase("", "name", "", "1 to 255 characters")]
    [TestCase("name=..&type=LOGO", "name", "..", "a name without path")]
    [TestCase("name=a/b&type=LOGO", "name", "a/b", "a name without path")]
    [TestCase("name=..%5Cb&type=LOGO", "name", "..\\b", "a name without path")]
    [TestCase("name=%20a&type=LOGO", "name", " a", "blanks at its ends")]
    [TestCase("name=a%00b&type=LOGO", "name", "one with characters not shown here", "control characters")]
    [TestCase("name=a%0Ab&type=LOGO", "name", "one with characters not shown here", "control characters")]
    [TestCase("name=a%EF%BF%BFb&type=LOGO", "name", "one with characters not shown here", "control characters")]
    [TestCase("name=a.png", "type", "", "RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, APP, DONGLE")]
    [TestCase("name=a.png&type=GIF", "type", "GIF", "RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, APP, DONGLE")]
    [TestCase("name=a.png&type=LOGO&version=1.2.3.4", "version", "1.2.3.4", "nothing for a file of type LOGO")]
    [TestCase("name=a.png&type=LOGO&deviceType=x", "deviceTypes", "x", "nothing for a file of type LOGO")]
    [TestCase("name=a.png&type=LOGO&softwareType=x", "softwareType", "x", "nothing for a file of type LOGO")]
    [TestCase("name=a.img&type=APP&version=new", "version", "new", "a version such as V3 R5.12.0")]
    [TestCase("name=a.img&type=APP&deviceType=a&deviceType=%20", "deviceTypes[1]", " ", "1 to 64 characters")]
    [TestCase("name=a.img&type=APP&deviceType=a&deviceType=A", "deviceTypes[1]", "A", "each device type once")]
    public async Task A_file_that_cannot_be_is_refused(string query, string field, string value, string allowed)
    {
        using var answer = await UploadAsync(query, [1]);
        await AssertErrorAsync(answer, 400, field, value, allowed);
        Assert.That(lab.Server.Files.Count(new()), Is.Zero);
    }

    [Test]
    public async Task A_name_that_is_too_long_is_refused()
    {
        using var answer = await UploadAsync($"name={new string('n', 256)}&type=LOGO", [1]);
        await AssertErrorAsync(answer, 400, "name", new string('n', 200), "1 to 255 characters");
        using var longest = await UploadAsync($"name={new string('n', 255)}&type=LOGO", [1]);
        Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("?top=0", "top", "0", "1 to 1000")]
    [TestCase("?top=1001", "top", "1001", "1 to 1000")]
    [TestCase("?top=many", "top", "many", "1 to 1000")]
    [TestCase("?skip=-1", "skip", "-1", "0 to 2147483647")]
    [TestCase("?skip=99999999999", "skip", "99999999999", "0 to 2147483647")]
    [TestCase("?type=GIF", "type", "GIF", "RINGTONE, LOGO")]
    [TestCase("?search=%00", "search", "one with characters not shown here", "0 to 200 characters")]
    public async Task A_bad_question_for_files_is_refused(string query, string field, string value, string allowed)
    {
        using var answer = await lab.Running.Api.GetAsync(new Uri($"/api/files{query}", UriKind.Relative));
        await AssertErrorAsync(answer, 400, field, value, allowed);
    }

    [TestCase("GET", "/api/files/7")]
    [TestCase("GET", "/api/files/7/content")]
    [TestCase("GET", "/api/files/7/jobs")]
    [TestCase("DELETE", "/api/files/7")]
    public async Task A_file_that_is_not_there_is_named(string method, string target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(target, UriKind.Relative));
        using var answer = await lab.Running.Api.SendAsync(request);
        await AssertErrorAsync(answer, 404, "id", "7", "the id of a file in /api/files");
    }

    [TestCase("""{"name":"a.png","type":"LOGO"}""", 404, "id", "7")]
    [TestCase("""{"type":"LOGO"}""", 400, "name", "")]
    [TestCase("""{"name":"a.img","type":"APP","deviceTypes":[null]}""", 400, "deviceTypes[0]", "")]
    [TestCase("""{"name":"a.img","type":"APP","size":7}""", 400, "$.size", "size at line 1")]
    public async Task A_change_that_cannot_be_is_refused(string body, int status, string field, string value)
    {
        using var answer = await PutAsync(7, body);
        await AssertErrorAsync(answer, status, field, value, "");
    }

    [TestCase("application/json", "application/octet-stream for the content of a file")]
    [TestCase("text/plain", "application/json")]
    [TestCase("multipart/form-data; boundary=x", "application/json")]
    public async Task A_body_of_another_type_is_refused(string type, string allowed)
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await lab.Running.Api.PostAsync(new Uri("/api/files?name=a.png&type=LOGO", UriKind.Relative), content);
        await AssertErrorAsync(answer, 415, "Content-Type", type, allowed);
        Assert.That(lab.Server.Files.Count(new()), Is.Zero);
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var change = await lab.Running.Api.PutAsync(new Uri("/api/files/1", UriKind.Relative), text);
        await AssertErrorAsync(change, 415, "Content-Type", "text/plain", "application/json");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_over_the_limit_is_refused(bool inChunks)
    {
        using var answer = await UploadAsync("name=a.png&type=LOGO", new byte[Limit + 1], inChunks);
        await AssertErrorAsync(answer, 413, "body", "3000001 bytes", "1 to 3000000 bytes");
        Assert.That(lab.Server.Files.Count(new()), Is.Zero);
    }

    [Test]
    public async Task A_length_over_the_limit_is_refused_before_the_body_comes()
    {
        var answer = await RawHttp.SendAsync(lab.Server.AdminUrl,
            $"POST /api/files?name=a.png&type=LOGO HTTP/1.1\r\nHost: localhost\r\n{RawHttp.Authorization(lab.Server.AdminUrl)}Content-Type: application/octet-stream\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(413));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["value"]!.GetValue<string>(), Is.EqualTo("99999999999 bytes"));
    }

    [Test]
    public async Task A_body_in_chunks_is_taken_as_well()
    {
        var content = FileBytes.Of(2_000_000);
        using var answer = await UploadAsync("name=a.png&type=LOGO", content, inChunks: true);
        Assert.That((await JsonAsync(answer))["size"]!.GetValue<long>(), Is.EqualTo(content.Length));
    }

    [Test]
    public async Task The_description_says_what_the_body_of_an_upload_is_and_what_each_field_means()
    {
        var operations = (await GetAsync("/openapi/v1.json"))["paths"]!;
        var upload = operations["/api/files"]!["post"]!;
        Assert.That(upload["requestBody"]!["content"]!.AsObject().Select(type => type.Key), Is.EqualTo(new[] { "application/octet-stream" }));
        Assert.That(upload["parameters"]!.AsArray().Select(parameter => parameter!["description"]?.GetValue<string>()), Is.All.Not.Null.And.Exactly(5).Items);
        Assert.That(upload["responses"]!.AsObject().Select(response => response.Key), Is.EquivalentTo(new[] { "201", "400", "401", "403", "409", "413", "415" }));
        Assert.That(operations["/api/files/{id}"]!["delete"]!["responses"]!.AsObject().Select(response => response.Key), Is.EquivalentTo(new[] { "204", "401", "403", "404", "409" }));
    }

    private async Task<HttpResponseMessage> UploadAsync(string query, byte[] bytes, bool inChunks = false)
    {
        using HttpContent content = inChunks ? new StreamContent(new Unknown(bytes)) : new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await lab.Running.Api.PostAsync(new Uri($"/api/files?{query}", UriKind.Relative), content);
    }

    private async Task<HttpResponseMessage> PutAsync(long id, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await lab.Running.Api.PutAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/files/{id}"), UriKind.Relative), content);
    }

    private Task<HttpResponseMessage> DeleteAsync(long id) =>
        lab.Running.Api.DeleteAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/files/{id}"), UriKind.Relative));

    private async Task<JsonNode> GetAsync(string target) => (await lab.Running.Api.GetFromJsonAsync<JsonNode>(new Uri(target, UriKind.Relative)))!;

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await GetAsync($"/api/files{query}"))["files"]!.AsArray().Select(file => file!["name"]!.GetValue<string>());

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    private static async Task AssertErrorAsync(HttpResponseMessage answer, int status, string field, string value, string allowed)
    {
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        var detail = (await JsonAsync(answer))["errors"]!.AsArray().Single()!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed));
    }

    /// <summary>A stream that does not say how long it is.</summary>
    private sealed class Unknown(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
