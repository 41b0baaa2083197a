using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>The admin API as one account uses it, or nobody.</summary>
internal sealed class Api : IDisposable
{
    public const string Password = "correct horse battery";

    /// <summary>How the store keeps <see cref="Password"/>: one for all, because stretching it takes longer than most tests.</summary>
    public static Lazy<string> StoredPassword { get; } = new(() => PasswordHash.Of(Password));

    private readonly HttpClient http;

    public Api(RunningServer lab, string? token = null)
    {
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = lab.Server.AdminUrl };
        Token = token;
    }

    public string? Token { get; set; }

    /// <summary>Makes an account with <see cref="Password"/> and gives it the tokens of a login.</summary>
    public static async Task<Api> LoginAsync(RunningServer lab, string name, string role)
    {
        var account = lab.Server.Access.Accounts.Create(name, Enum.Parse<Role>(role), StoredPassword.Value, mustChange: false);
        var api = new Api(lab, lab.Server.Access.Grants.IssuePair(account).Access);
        await api.CallAsync("GET", "/api/login");
        return api;
    }

    /// <summary>Calls and expects success.</summary>
    public async Task<JsonNode?> CallAsync(string method, string target, object? body = null)
    {
        using var response = await SendAsync(method, target, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, $"{method} {target}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<int> StatusAsync(string method, string target, object? body = null)
    {
        using var response = await SendAsync(method, target, body);
        return (int)response.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(string method, string target, object? body = null) =>
        SendAsync(method, target, body is null ? null : JsonContent.Create(body));

    public async Task<HttpResponseMessage> SendAsync(string method, string target, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
        if (Token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        return await http.SendAsync(request);
    }

    /// <summary>Posts to the token endpoint.</summary>
    public Task<HttpResponseMessage> FormAsync(string target, params (string Key, string Value)[] fields) => SendAsync(
        "POST", target, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value))));

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>Checks a refusal in full.</summary>
    public static async Task AssertRefusedAsync(HttpResponseMessage response, int status, string code, string field, string? value, string allowed)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        var error = JsonNode.Parse(text)!["errors"]!.AsArray().Single()!;
        Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo(code));
        Assert.That(error["detail"]!["field"]!.GetValue<string>(), Is.EqualTo(field));
        if (value is not null)
            Assert.That(error["detail"]!["value"]!.GetValue<string>(), Is.EqualTo(value));
        Assert.That(error["detail"]!["allowed"]!.GetValue<string>(), Does.Contain(allowed));
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => http.Dispose();
}
