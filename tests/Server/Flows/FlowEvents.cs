using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Flows;

/// <summary>What happens in a flow beside the phone: time goes by, and administrators ask for something.</summary>
internal sealed class FlowEvents(RunningServer lab, FlowSecrets secrets, ContactListener contact, List<long> jobs)
{
    public const string Mac = "00:1A:E8:00:00:01";

    /// <param name="what">The word behind <c>event</c>.</param>
    /// <param name="detail">The words after it.</param>
    /// <param name="text">The lines below it.</param>
    public Task HappenAsync(string what, string detail, string text)
    {
        var words = detail.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return what switch
        {
            "advance" => lab.PassAsync(TimeSpan.FromSeconds(int.Parse(detail, CultureInfo.InvariantCulture))),
            "job" => AddJobAsync(detail, text),
            "cancel" => lab.Server.Jobs.CancelAsync(jobs[int.Parse(detail, CultureInfo.InvariantCulture) - 1]),
            "secure-mode" => BeginSecureModeAsync(words),
            "new-authority" => ReplaceAuthorityAsync(),
            "release" => AskAsync(HttpMethod.Delete, $"/api/devices/{Mac}/secure-mode"),
            "polling" => BeginPollingAsync(words),
            "scan" => ScanAsync(words),
            "file" => AskAsync(HttpMethod.Post, $"/api/files?name={words[0]}&type={words[1]}", new ByteArrayContent(Encoding.UTF8.GetBytes(text))
            {
                Headers = { { "Content-Type", "application/octet-stream" } },
            }),
            _ => throw new InvalidOperationException($"Event {what} is unknown."),
        };
    }

    private async Task AddJobAsync(string detail, string text) =>
        jobs.Add((await lab.Server.Jobs.CreateAsync(FlowSettings.Request(Mac, detail, text))).Id);

    /// <summary>With the PIN that is entered at the phone, or none.</summary>
    private async Task BeginSecureModeAsync(string[] words)
    {
        secrets.Pin = words.ElementAtOrDefault(0) ?? "";
        var begun = await AskAsync(HttpMethod.Post, $"/api/devices/{Mac}/secure-mode",
            secrets.Pin.Length == 0 ? JsonContent.Create(new { pin = false }) : JsonContent.Create(new { pin = true, pinValue = secrets.Pin }));
        jobs.Add(begun!["job"]!["id"]!.GetValue<long>());
    }

    /// <summary>While another phone is given a certificate of the first, so that both are trusted.</summary>
    private async Task ReplaceAuthorityAsync()
    {
        await AskAsync(HttpMethod.Post, "/api/devices/00:1A:E8:00:00:02/secure-mode", JsonContent.Create(new { pin = false }));
        await AskAsync(HttpMethod.Post, "/api/secure-mode/authorities", JsonContent.Create(new { }));
    }

    private async Task BeginPollingAsync(string[] words)
    {
        var interval = int.Parse(words[1], CultureInfo.InvariantCulture);
        var job = await AskAsync(HttpMethod.Put, $"/api/devices/{Mac}/polling", JsonContent.Create(new { url = secrets.Filled(words[0]), intervalSeconds = interval }));
        jobs.Add(job!["id"]!.GetValue<long>());
    }

    private async Task ScanAsync(string[] words)
    {
        await AskAsync(HttpMethod.Post, "/api/scans", JsonContent.Create(new { from = words[0], to = words[1], port = new Uri(contact.Uri).Port }));
        // One request at once, and one each tenth of a second.
        await lab.PassAsync(TimeSpan.FromSeconds(1));
    }

    private async Task<JsonNode?> AskAsync(HttpMethod method, string target, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(target, UriKind.Relative)) { Content = content };
        using var answer = await lab.Api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text) : throw new InvalidOperationException($"{method} {target}: {text}");
    }
}
