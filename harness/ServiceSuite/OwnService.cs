using System.Globalization;
using System.Net;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.ServiceSuite.Faults;
using OpenStage.Server;
using OpenStage.Server.Accounts;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>This project's own service on free ports of loopback, started so that the server suite can be tried on it as on any other.</summary>
public sealed class OwnService : IAsyncDisposable
{
    private const string Account = "server-suite";

    private readonly string folder = Directory.CreateTempSubdirectory("openstage-own-service-").FullName;
    private readonly List<FaultyService> faulty = [];
    private ProvisioningServer? server;

    private OwnService()
    {
    }

    /// <summary>File with a token of its administration.</summary>
    public string TokenFile => Path.Combine(folder, "token");

    public Uri AdminUrl => server!.AdminUrl;

    public Uri Url => server!.PhoneUrl;

    public Uri SecureUrl => server!.SecureUrl!;

    public Uri PollUrl => server!.PollUrl!;

    /// <summary>Starts it in real time, with pauses as short as it allows.</summary>
    public static async Task<OwnService> StartAsync(TimeProvider time, CancellationToken cancellation = default)
    {
        var own = new OwnService();
        var data = Path.Combine(own.folder, "data");
        try
        {
            ServerCertificate.Keep(data, ServiceCertificates.For(IPAddress.Loopback).TargetCertificate);
            own.server = await ProvisioningServer.StartAsync(
                new ServerOptions
                {
                    DataFolder = data,
                    PhonePort = 0,
                    SecurePort = 0,
                    AdminPort = 0,
                    PollPort = 0,
                    ContactInterval = TimeSpan.FromSeconds(1),
                },
                time, loggers: null, [], cancellation);
            var account = own.server.Access.Accounts.Create(Account, Role.Administrator, "", mustChange: false);
            await File.WriteAllTextAsync(own.TokenFile, own.server.Access.Grants.IssueScript(account.Name, Account, Role.Administrator, null).Token, cancellation);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>The service as a lab file names it that has the lab start it.</summary>
    /// <param name="macs">MAC addresses of its scripted phones.</param>
    internal static LabService Unstarted(string id, IReadOnlyList<string> macs) => new()
    {
        Id = id,
        IsOwn = true,
        Title = "OpenStage provisioning service",
        Url = new Uri("https://127.0.0.1/"),
        Macs = macs,
        Capabilities = Enum.GetValues<ServiceCapability>().Aggregate((all, one) => all | one) & ~ServiceCapability.TwoPhones,
    };

    /// <summary>The running service as a lab file would name any other.</summary>
    /// <param name="macs">MAC addresses of its scripted phones.</param>
    public LabService Entry(string id, IReadOnlyList<string> macs) => Unstarted(id, macs) with
    {
        IsOwn = false,
        Url = Url,
        SecureUrl = SecureUrl,
        PollUrl = PollUrl,
        Hook = new LabHook { Kind = HookKind.OpenStageAdmin, Url = AdminUrl.AbsoluteUri, TokenFile = TokenFile },
    };

    /// <summary>A lab of this service with every fault in turn: one faulty service a fault, with the fault's name for its id.</summary>
    public LabFile WithEveryFault()
    {
        foreach (var (fault, number) in ServiceFaults.All.Select((fault, number) => (fault, number)))
        {
            var macs = Enumerable.Range(0, 4).Select(phone => string.Create(CultureInfo.InvariantCulture, $"00:1A:E8:FA:{number:X2}:{phone:X2}"));
            faulty.Add(FaultyService.Start(fault, Entry(fault.Name, [.. macs]), ServiceCertificates.For(IPAddress.Loopback)));
        }

        return new LabFile
        {
            File = "faults",
            Title = "One service a fault",
            Patience = TimeSpan.FromSeconds(6),
            Phones = [],
            Services = [.. faulty.Select(one => one.Entry)],
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in faulty)
            await one.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner may still hold a file; the folder is the system's temporary one.
        }
    }
}
