using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OpenStage.Simulator.Fleet;

/// <summary>The administration of the service: a campaign is how it does one thing to all phones.</summary>
internal sealed class FleetAdmin : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Most jobs that a campaign has open at a time, as the service allows.</summary>
    private const int AtOnce = 10_000;

    private readonly HttpClient client;
    private readonly TimeProvider time;

    /// <param name="address">Such as http://127.0.0.1:8080.</param>
    /// <param name="token">Of an operator; it is sent and never shown.</param>
    public FleetAdmin(Uri address, string token, TimeProvider time)
    {
        this.time = time;
        client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Starts a campaign for the phones of a range.</summary>
    /// <param name="setting">What is written, or null to read all items.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="HttpRequestException">The service does not do it; the message says what it answered.</exception>
    public async Task<long> StartAsync(string name, FleetSetting? setting, string macFrom, string macTo, CancellationToken cancellation)
    {
        var content = setting is null
            ? (object)new { kind = "ReadAllItems" }
            : new { kind = "WriteItems", items = new[] { new { name = setting.Item, value = setting.Value } } };
        var created = await SendAsync(HttpMethod.Post, "api/campaigns", new { name, filter = new { macFrom, macTo }, content, atOnce = AtOnce }, cancellation);
        var id = Member(created, "id").GetInt64();
        await SendAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"api/campaigns/{id}/start"), null, cancellation);
        return id;
    }

    /// <summary>Waits until a campaign has no phone left, or for so long.</summary>
    /// <exception cref="HttpRequestException">The service does not tell; the message says what it answered.</exception>
    public async Task<(int Total, int Succeeded)> WaitAsync(long id, TimeSpan patience, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var campaign = await SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"api/campaigns/{id}"), null, cancellation);
            var counts = Member(Member(campaign, "progress"), "counts");
            var found = (Member(counts, "total").GetInt32(), Member(counts, "succeeded").GetInt32());
            if (Member(campaign, "state").GetString() is "Done" or "Stopped" || time.GetElapsedTime(begun) > patience)
                return found;
            await Task.Delay(Look, time, cancellation);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {client.BaseAddress}{path} was answered {(int)answer.StatusCode}: {(text.Length <= 300 ? text : text[..300])}");
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException broken)
        {
            throw new HttpRequestException($"{method} {client.BaseAddress}{path} was answered with no JSON: {broken.Message}", broken);
        }
    }

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)
        ? member
        : throw new HttpRequestException($"The answer of the administration has no {name}.");
}
