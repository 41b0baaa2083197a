using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using OpenStage.Harness.Clock;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>A server with a secure port, and the steps that phones and administrators take on the way to Secure Mode.</summary>
internal sealed class SecureLab : IAsyncDisposable
{
    public const string SecureModePath = $"/api/devices/{PhoneTalk.Mac}/secure-mode";

    /// <summary>One authority for all, with the certificate of its port, because making keys takes longer than most tests.</summary>
    private static readonly Lazy<(AuthorityRecord Authority, PortCertificate Port)> Made = new(() =>
    {
        using var folder = new TemporaryFolder();
        using var database = Database.Open(folder.Path);
        var authority = new Authority(database, new ManualClock(), TimeSpan.FromDays(1));
        return (authority.Current(), authority.ForPort(SecurePort.Names(new ServerOptions { DataFolder = folder.Path, ListenAddress = IPAddress.Loopback })));
    });

    private SecureLab(RunningServer running) => Running = running;

    public RunningServer Running { get; }

    public ProvisioningServer Server => Running.Server;

    /// <summary>Deviations that were seen, but for those of contact-me: these phones have no port for it.</summary>
    public IReadOnlyList<ObservedDeviation> Observations =>
        [.. Server.Observations.All.Where(seen => !seen.Observation.Code.StartsWith("contact-me", StringComparison.Ordinal))];

    public IEnumerable<string> Observed => Observations.Select(seen => seen.Observation.Code);

    /// <summary>A server that has an authority already.</summary>
    public static async Task<SecureLab> StartAsync() => new(await RunningServer.StartAsync(options =>
    {
        using var database = Database.Open(options.DataFolder);
        database.Write(session =>
        {
            session.Save(Made.Value.Authority with { Id = session.NextAuthorityId() });
            session.Save(Made.Value.Port);
            return true;
        });
        return options with { SecurePort = 0 };
    }));

    /// <summary>A server that makes its authority at this start.</summary>
    public static async Task<SecureLab> StartNewAsync() => new(await RunningServer.StartAsync(options => options with { SecurePort = 0 }));

    /// <summary>A phone on the default port.</summary>
    public TlsPhone Default(string mac = PhoneTalk.Mac) => new(Server.PhoneUrl.Port, null, mac);

    /// <summary>A phone on the secure port.</summary>
    public TlsPhone Secure(X509Certificate2? certificate, string mac = PhoneTalk.Mac) => new(Server.SecureUrl!.Port, certificate, mac);

    public async Task RegisterAsync(string mac = PhoneTalk.Mac)
    {
        var phone = Default(mac);
        await phone.TalkAsync(phone.StartUp("01", changed: true));
        await phone.TalkAsync(TlsPhone.Reply("02", "ReadAllItems", """<ItemList><Item name="dhcp">true</Item></ItemList>"""));
    }

    /// <summary>Asks for Secure Mode.</summary>
    /// <returns>The answer to it.</returns>
    public async Task<JsonNode> BeginAsync(object asked, string mac = PhoneTalk.Mac)
    {
        using var answer = await Running.Api.PostAsJsonAsync($"/api/devices/{mac}/secure-mode", asked);
        return answer.StatusCode == HttpStatusCode.Created
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Has a registered phone take what it is given without PIN, up to the end of that interaction.</summary>
    /// <returns>The phone's certificate.</returns>
    public async Task<X509Certificate2> GiveAsync(string mac = PhoneTalk.Mac)
    {
        await BeginAsync(new { pin = false }, mac);
        var phone = Default(mac);
        var items = Items(await phone.TalkAsync(phone.Initiating("11", "solicited")));
        await phone.TalkAsync(TlsPhone.Reply("12", "WriteItems"));
        // The attempt to contact the phone may still be under way.
        await Server.WhenIdleAsync(RunningServer.Patience());
        return Certificate(items["dls-client-certificate"]);
    }

    /// <summary>Brings a phone to Secure Mode, without PIN.</summary>
    /// <returns>The phone's certificate.</returns>
    public async Task<X509Certificate2> SecureAsync(string mac = PhoneTalk.Mac)
    {
        await RegisterAsync(mac);
        var certificate = await GiveAsync(mac);
        var phone = Secure(certificate, mac);
        await phone.TalkAsync(phone.StartUp("13"));
        return certificate;
    }

    public async Task<JsonNode> GetAsync(string target) => JsonNode.Parse(await Running.Api.GetStringAsync(target))!;

    public Job Job(JsonNode begun) => Server.Jobs.Get(begun["job"]!["id"]!.GetValue<long>())!;

    /// <summary>Name or name[index] and value of the items of a message.</summary>
    public static Dictionary<string, string> Items(string message) => XDocument.Parse(message).Descendants()
        .Where(element => element.Name.LocalName == "Item")
        .ToDictionary(item => (string?)item.Attribute("index") is { } index ? $"{(string?)item.Attribute("name")}[{index}]" : (string)item.Attribute("name")!, item => item.Value);

    public static X509Certificate2 Certificate(string base64) =>
        X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(base64), "", X509KeyStorageFlags.Exportable);

    /// <summary>True when a chain leads from a certificate to one of these roots, at the time of the test's clock.</summary>
    public bool Leads(X509Certificate2 certificate, string rootsPem)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(rootsPem);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Running.Clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
