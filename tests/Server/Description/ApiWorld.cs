using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OpenStage.Server.Accounts;
using OpenStage.Server.Devices;
using OpenStage.Server.Operations;

namespace OpenStage.Server.Tests.Description;

/// <summary>A running server, what must be there before it is asked, and a record of all that it answered.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    /// <summary>What is said of requests, what wrong logins count, and the numbers that were drawn.</summary>
    private static readonly string[] Unwatched = ["audit", "login_failures", "sequences"];

    private readonly HttpClient http;
    private readonly Dictionary<Role, string> tokens;
    private int numbers = 1001;

    private ApiWorld(RunningServer lab, ApiDescription api, HttpClient http, Dictionary<Role, string> tokens)
    {
        Lab = lab;
        Api = api;
        this.http = http;
        this.tokens = tokens;
    }

    public RunningServer Lab { get; }

    public ApiDescription Api { get; }

    /// <summary>Operations and statuses that were answered.</summary>
    public HashSet<(string Operation, int Status)> Answered { get; } = [];

    /// <summary>Answers that are not as they are described.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<ApiWorld> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var lab = await RunningServer.StartAsync(options => (change ?? (same => same))(options with { SecurePort = 0 }));
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = lab.Server.AdminUrl,
        };
        var tokens = new Dictionary<Role, string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var account = lab.Server.Access.Accounts.Create(NameOf(role), role, "", mustChange: false);
            tokens[role] = lab.Server.Access.Grants.IssueScript(account.Name, "tests", role, null).Token;
        }

        var world = new ApiWorld(lab, await ApiDescription.ReadAsync(http), http, tokens);
        // The operations below /api/user are about the user with the account's name.
        var user = world.Api["createUser"];
        await world.SendAsync(new ApiRequest(user).WithJson(JsonNode.Parse(
            $$"""{"name":"{{NameOf(Role.Administrator)}}","extension_number":"900"}""")));
        return world;
    }

    public static string NameOf(Role role) => $"the-{role.ToString().ToLowerInvariant()}";

    /// <summary>A number that nothing was made with yet.</summary>
    public int NextNumber() => ++numbers;

    /// <summary>Puts a phone into the store that has called.</summary>
    /// <returns>Its MAC address.</returns>
    public string NewPhone(int number)
    {
        var mac = string.Create(CultureInfo.InvariantCulture, $"00:1A:E8:01:{number / 100 % 100:00}:{number % 100:00}");
        Lab.Server.Devices.Save(new Device { Mac = mac, Model = "OpenStage 40", Firmware = "V3 R3.24.0" });
        return mac;
    }

    /// <summary>The token of an account that must set another password before all else.</summary>
    public string TokenOfNewcomer()
    {
        Lab.Server.Access.Accounts.Create("the-newcomer", Role.Administrator, "", mustChange: true);
        return Lab.Server.Access.Grants.IssueScript("the-newcomer", "tests", Role.Administrator, null).Token;
    }

    /// <summary>A hash of all that is stored but logs, logins and counts of use.</summary>
    public async Task<string> StoreHashAsync()
    {
        await Lab.Server.WhenIdleAsync(RunningServer.Patience());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var database = Lab.Server.Store;
        var line = new ArrayBufferWriter<byte>();
        database.Snapshot((connection, transaction) =>
        {
            foreach (var table in database.Tables(connection, transaction).Where(table => !Unwatched.Contains(table.Name)))
            {
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = table.Select();
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    BackupRow.Write(reader, table.Columns, line);
                    hash.AppendData(line.WrittenSpan);
                }
            }
        });
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Forgets wrong logins: the next is to be refused for what is wrong with it, not for being too early.</summary>
    public void ForgiveLogins(ApiRequest request)
    {
        if (!request.Operation.Statuses.Contains((int)HttpStatusCode.TooManyRequests))
            return;
        foreach (var name in Lab.Server.Access.Accounts.List().Select(account => account.Name).Append(""))
            Lab.Server.Access.Throttle.Forgive(name, IPAddress.Loopback);
    }

    public string TokenOf(Role role) => tokens[role];

    /// <summary>Sends a request as the administrator, and looks whether its answer is as it is described.</summary>
    public Task<ApiAnswer> SendAsync(ApiRequest request) => SendAsync(request, TokenOf(Role.Administrator));

    /// <param name="token">Of who asks; null for nobody.</param>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, string? token)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Operation.Method), request.Target);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (request.Source is { } source)
        {
            message.Content = new StreamContent(source) { Headers = { { "Content-Type", request.ContentType } } };
            message.Headers.ExpectContinue = true;
        }
        else if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            if (request.ContentType is { } type)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            // A body that is too large is refused before it is sent.
            message.Headers.ExpectContinue = body.Length > 1_000_000;
        }

        var answer = await AnswerAsync(message);
        Record(request, answer);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Lab.DisposeAsync();
    }

    private async Task<ApiAnswer> AnswerAsync(HttpRequestMessage message)
    {
        try
        {
            using var response = await http.SendAsync(message);
            return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException broken)
        {
            return new ApiAnswer(0, null, $"the connection broke: {broken.Message}");
        }
    }

    private void Record(ApiRequest request, ApiAnswer answer)
    {
        Answered.Add((request.Operation.Id, answer.Status));
        foreach (var fault in Wrong(request, answer))
            Faults.Add($"{request.Operation} {request.Target}: {answer.Status}: {fault}");
    }

    private IEnumerable<string> Wrong(ApiRequest request, ApiAnswer answer)
    {
        // What no operation has in its path is no answer of an operation: the words of the description at its beginning.
        if (request.Raw is not null && answer.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed)
            yield break;
        if (!request.Operation.Statuses.Contains(answer.Status))
        {
            yield return $"a status that is not described: {answer.Text}";
            yield break;
        }

        var (type, schema) = request.Operation.Answer(answer.Status);
        if (type != answer.ContentType)
            yield return $"{answer.ContentType ?? "nothing"} in place of {type ?? "nothing"}";
        else if (answer.ContentType == "application/json")
            foreach (var fault in SchemaCheck.Faults(Api, answer.Json, schema!))
                yield return fault;
    }
}
