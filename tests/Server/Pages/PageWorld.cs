using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OpenStage.Server.Accounts;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Pages;

/// <summary>A server with something of everything, so that each page has all its forms, and the browser of an administrator.</summary>
internal sealed class PageWorld : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    /// <summary>What changes without anybody's wish: logins, the audit log, and the numbers that are given out.</summary>
    private static readonly string[] Besides = ["grants", "audit", "login_failures", "sequences", "nodes"];

    private PageWorld(RunningServer lab, HttpClient browser)
    {
        Lab = lab;
        Browser = browser;
    }

    public RunningServer Lab { get; }

    public HttpClient Browser { get; }

    public static async Task<PageWorld> StartAsync()
    {
        var lab = await RunningServer.StartAsync(options => options with { PollPort = 0 });
        var accounts = lab.Server.Access.Accounts;
        accounts.SetPassword("lab", Password, mustChange: false);
        accounts.Create("helper", Role.Viewer, "", mustChange: false);
        var world = new PageWorld(lab, NewBrowser(lab, lab.Server.Access.Grants.IssueSession(accounts.Get("lab")!)));
        await world.FillAsync();
        return world;
    }

    /// <summary>A browser that shows answers as they are, without following them.</summary>
    /// <param name="session">The session's token, or null for somebody who has not logged in.</param>
    public static HttpClient NewBrowser(RunningServer lab, string? session)
    {
        var cookies = new CookieContainer();
        if (session is not null)
            cookies.Add(lab.Server.AdminUrl, new Cookie("openstage-session", session));
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = lab.Server.AdminUrl };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return browser;
    }

    /// <summary>All rows of the store that somebody's wish made, one a line.</summary>
    public List<string> Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Lab.Folder, "server.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").Except(Besides).ToList();
        return [.. tables.SelectMany(table => Read(connection, $"SELECT * FROM \"{table}\"").Select(row => $"{table} {row}")).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Lab.DisposeAsync();
    }

    private async Task FillAsync()
    {
        using var phone = new TestPhone(Lab.Server.PhoneUrl);
        await phone.RegisterAsync("""<Item name="dhcp">true</Item>""");
        Lab.Server.Devices.Change(PhoneTalk.Mac, device => device! with { Polling = new DevicePolling("http://10.1.2.9:8081/dcmp/", 60) });
        using var other = new TestPhone(Lab.Server.PhoneUrl, "00:1A:E8:00:00:02");
        await other.StartUpAsync();
        await PostAsync("files?name=bell.mp3&type=RINGTONE", new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "application/octet-stream" } } });
        await PostAsync("files?name=os40.img&type=APP&version=V3%20R5.12.0", new ByteArrayContent([4, 5, 6]) { Headers = { { "Content-Type", "application/octet-stream" } } });
        await PostAsync("item-templates", JsonContent.Create(new { name = "Site", level = "Site", items = new[] { new { name = "dhcp", value = "false" } } }));
        await PostAsync("campaigns", JsonContent.Create(new { name = "Night", content = new { kind = "Restart" }, filter = new { } }));
        var profile = Lab.Server.Phones.Templates.Get("openstage-40.ph.json").Content;
        await PostAsync("templates/phones", JsonContent.Create(new { filename = "desk.ph.json", content = profile }));
        var user = await PostAsync("users", JsonContent.Create(new { name = "Ann", extension_number = "4711", extension_password = "sip-4711" }));
        await PostAsync($"users/{user["id"]}/phones", JsonContent.Create(new
        {
            mac = PhoneTalk.Mac,
            filename = "openstage-40.ph.json",
            vendor = "Unify",
            model = "OpenStage 40",
            password = "123456",
            language = "ENGLISH",
            transfer = "BLIND",
            timezone = "GMT-10 Honolulu",
            codecs = Array.Empty<string>(),
            @interface = "WEB_DOMAIN",
            preferred_transport = "TLS",
            door_password1 = "4711",
        }));
        await PostAsync("scans", JsonContent.Create(new { network = "127.0.0.0/24", port = 1 }));
        await PostAsync("tokens", JsonContent.Create(new { name = "nightly", role = "Viewer" }));
        await Lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Restart });
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var answer = await Lab.Api.PostAsync(new Uri($"/api/{path}", UriKind.Relative), content);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException($"{path}: {body}");
    }

    private static List<string> Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column).ToString())));
        }

        return rows;
    }
}
