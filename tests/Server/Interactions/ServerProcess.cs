using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OpenStage.Server.Accounts;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>The built server as a process of its own, which can be killed and started again on the same data and ports.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Of different test runs at the same time each has others.</summary>
    private static int lastPort = 20_000 + (Environment.ProcessId % 100 * 100);

    private readonly HttpClient admin = new();
    private readonly TemporaryFolder folder = new();
    private readonly IReadOnlyDictionary<string, string> environment;
    private Process? server;

    /// <param name="environment">More of its configuration.</param>
    public ServerProcess(IReadOnlyDictionary<string, string>? environment = null)
    {
        this.environment = environment ?? new Dictionary<string, string>();
        (PhonePort, AdminPort) = (FreePort(), FreePort());
        Directory.CreateDirectory(Data);
        File.WriteAllBytes(Path.Combine(Data, "server.pfx"), RunningServer.Certificate.Value);
    }

    public int PhonePort { get; }

    public int AdminPort { get; }

    public Uri PhoneUrl { get; private set; } = null!;

    public string Data => Path.Combine(folder.Path, "data");

    private string Arming => Path.Combine(folder.Path, "kill-at");

    private string AdminUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{AdminPort}");

    /// <summary>Starts the server and waits until it listens.</summary>
    public async Task StartAsync()
    {
        if (admin.DefaultRequestHeaders.Authorization is null)
        {
            using var database = Database.Open(Data, environment.GetValueOrDefault("OPENSTAGE_DATABASE"), environment.GetValueOrDefault("OPENSTAGE_KEY_FILE"));
            var token = RunningServer.LogIn(new AccountBook(database, TimeProvider.System), new GrantBook(database, TimeProvider.System));
            admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        server = Launch();
        // The server says that it is ready by printing its addresses.
        while (await server.StandardOutput.ReadLineAsync(RunningServer.Patience()) is { } line)
        {
            if (line.StartsWith("Phones:", StringComparison.Ordinal))
                PhoneUrl = new Uri(line["Phones:".Length..].Trim());
            if (!line.StartsWith("Administration:", StringComparison.Ordinal))
                continue;
            // A full pipe would hold it up.
            _ = server.StandardOutput.ReadToEndAsync();
            _ = server.StandardError.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException($"The server did not start: {await server.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Starts the server, reads the one-time password that it prints, if any, and kills it.</summary>
    public async Task<string?> PrintedPasswordAsync(params string[] more)
    {
        server = Launch(more);
        var lines = new List<string>();
        while (await server.StandardOutput.ReadLineAsync(RunningServer.Patience()) is { } line && line != "Ctrl-C ends.")
            lines.Add(line);
        if (server.HasExited)
            throw new InvalidOperationException($"The server did not start: {await server.StandardError.ReadToEndAsync()}");
        await KillAsync();
        var password = lines.SingleOrDefault(line => line.StartsWith("First login:", StringComparison.Ordinal))?.Split(' ')[^4];
        if (password is not null && lines.Count(line => line.Contains(password, StringComparison.Ordinal)) != 1)
            throw new InvalidOperationException($"Printed more than once: {string.Join('\n', lines)}");
        return password;
    }

    /// <summary>Runs the server until it ends by itself, because it must not start.</summary>
    public async Task<(int ExitCode, string Error)> RunAsync(params string[] more)
    {
        server = Launch(more);
        var error = await server.StandardError.ReadToEndAsync(RunningServer.Patience());
        await server.WaitForExitAsync(RunningServer.Patience());
        return (server.ExitCode, error);
    }

    /// <summary>Has the server die when its store next passes a point: <c>row n</c>, <c>before commit</c>, <c>after commit</c>.</summary>
    public void KillAt(string point) => File.WriteAllText(Arming, point);

    /// <summary>Waits for the server to have died, and starts it again.</summary>
    public async Task RiseAsync()
    {
        await server!.WaitForExitAsync(RunningServer.Patience());
        File.Delete(Arming);
        server.Dispose();
        await StartAsync();
    }

    /// <summary>SIGKILL; <see cref="RiseAsync"/> waits for its effect.</summary>
    public void Kill() => server!.Kill();

    public async Task KillAsync()
    {
        if (server is null)
            return;
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async Task<long> CreateJobAsync(object job) => (await PostAsync("/api/jobs", job))["id"]!.GetValue<long>();

    public Task<JsonObject> JobAsync(long job) => GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{job}"));

    /// <summary>Asks the administration for a thing.</summary>
    public async Task<JsonObject> GetAsync(string path) => (await admin.GetFromJsonAsync<JsonObject>(new Uri(AdminUrl + path)))!;

    /// <summary>Has the administration make or change a thing.</summary>
    public async Task<JsonObject> PostAsync(string path, object body)
    {
        using var response = await admin.PostAsJsonAsync(new Uri(AdminUrl + path), body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        admin.Dispose();
        folder.Dispose();
    }

    private Process Launch(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(ProvisioningServer).Assembly.Location, "--data", Data,
                "--port", PhonePort.ToString(CultureInfo.InvariantCulture), "--admin-port", AdminPort.ToString(CultureInfo.InvariantCulture),
                "--secure-port", "0",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in more)
            start.ArgumentList.Add(argument);
        // A rehearsal has a store of its own, which would pass the points at which the server is to be killed.
        start.Environment["OPENSTAGE_REHEARSE"] = "false";
        // The runtime's own setting: what is killed within seconds is not worth compiling at once, which takes half of a start.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "100";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ServerProcess).Assembly.Location;
        start.Environment[StartupHook.ArmingVariable] = Arming;
        return Process.Start(start)!;
    }

    /// <summary>
    /// A port that nobody listens on, as the server must come up again on the one the phone knows; from below those that
    /// systems give to outgoing connections: one of these may be taken by a test beside this one before the server has it.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref lastPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }
    }
}
