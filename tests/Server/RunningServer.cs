using System.Net;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Accounts;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Tests;

/// <summary>A server in this process on free ports, with a clock that stands still.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    /// <summary>One for all, because making one takes longer than most tests.</summary>
    public static Lazy<byte[]> Certificate { get; } = new(() =>
    {
        using var made = ServerCertificate.Make(IPAddress.Loopback, new ManualClock().GetUtcNow());
        return made.Export(X509ContentType.Pfx);
    });

    private readonly TemporaryFolder folder = new();
    private string? token;

    private RunningServer()
    {
    }

    public ManualClock Clock { get; } = new();

    public ExchangeList Exchanges { get; } = new();

    public ProvisioningServer Server { get; private set; } = null!;

    public string Folder => folder.Path;

    /// <summary>A client of the admin API, with the token of an administrator.</summary>
    public HttpClient Api { get; private set; } = null!;

    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var running = new RunningServer();
        await running.OpenAsync(change ?? (options => options));
        return running;
    }

    /// <summary>Ends the server and starts another on the same folder.</summary>
    public async Task RestartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        await CloseAsync();
        await OpenAsync(change ?? (options => options));
    }

    /// <summary>Lets virtual time go by and waits until all that was due is done.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        await Server.WhenIdleAsync(Patience());
        Clock.Advance(span);
        await Server.WhenIdleAsync(Patience());
    }

    /// <summary>Makes an administrator without a password, and a token of theirs that does not end.</summary>
    internal static string LogIn(AccountBook accounts, GrantBook grants)
    {
        // Two servers may share a store.
        var account = accounts.Get("lab") ?? accounts.Create("lab", Role.Administrator, "", mustChange: false);
        return grants.IssueScript(account.Name, "tests", Role.Administrator, null).Token;
    }

    public static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    private async Task OpenAsync(Func<ServerOptions, ServerOptions> change)
    {
        var certificate = Path.Combine(folder.Path, "server.pfx");
        if (!File.Exists(certificate))
            await File.WriteAllBytesAsync(certificate, Certificate.Value);
        var options = change(new ServerOptions
        {
            DataFolder = folder.Path,
            ListenAddress = IPAddress.Loopback,
            PhonePort = 0,
            // Its authority takes longer to make than most tests take.
            SecurePort = null,
            AdminPort = 0,
        });
        Server = await ProvisioningServer.StartAsync(options, Clock, null, [Exchanges], CancellationToken.None);
        token ??= LogIn(Server.Access.Accounts, Server.Access.Grants);
        RawHttp.Login(Server.AdminUrl, token);
        Api = new HttpClient { BaseAddress = Server.AdminUrl, DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };
    }

    private async Task CloseAsync()
    {
        Api.Dispose();
        RawHttp.Login(Server.AdminUrl, null);
        await Server.DisposeAsync();
    }

    internal sealed class ExchangeList : IExchangeLog
    {
        private readonly Lock gate = new();
        private readonly List<HttpExchange> all = [];

        public IReadOnlyList<HttpExchange> All
        {
            get
            {
                lock (gate)
                    return [.. all];
            }
        }

        public void Add(HttpExchange exchange)
        {
            lock (gate)
                all.Add(exchange);
        }
    }
}
