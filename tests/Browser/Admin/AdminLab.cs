using System.Net;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Server;
using OpenStage.Server.Accounts;
using OpenStage.Server.Jobs;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A server in this process with a clock that stands still, and phones that have something to show.</summary>
internal sealed class AdminLab : IAsyncDisposable
{
    public const string Known = "00:1A:E8:00:00:01";
    public const string Unreachable = "00:1A:E8:00:00:02";
    public const string Hostile = "00:1A:E8:00:00:03";

    /// <summary>What a phone sends that wants to be more than text.</summary>
    public const string Markup = "</td><script>window.broken=1</script><img src=x onerror=\"window.broken=1\">'\"&";

    private readonly string folder = Directory.CreateTempSubdirectory("openstage-pages-").FullName;
    private readonly List<RawPhone> phones = [];

    private AdminLab()
    {
    }

    public ManualClock Clock { get; } = new();

    public ProvisioningServer Server { get; private set; } = null!;

    /// <summary>The phone <see cref="Known"/>.</summary>
    public RawPhone Phone => phones[0];

    public static async Task<AdminLab> StartAsync()
    {
        var lab = new AdminLab();
        var options = new ServerOptions { DataFolder = lab.folder, ListenAddress = IPAddress.Loopback, PhonePort = 0, SecurePort = null, AdminPort = 0 };
        lab.Server = await ProvisioningServer.StartAsync(options, lab.Clock, null, [], CancellationToken.None);
        return lab;
    }

    /// <summary>Begins a session of the first account, as if its one-time password had been changed.</summary>
    /// <returns>The value of the cookie.</returns>
    public string LogIn() => Server.Access.Grants.IssueSession(
        Server.Access.Accounts.Change(AccountBook.FirstName, account => account with { MustChangePassword = false }));

    /// <summary>A phone of its own; it has not called yet.</summary>
    public RawPhone Add(string mac, string model = "OpenStage 40", string firmware = "V3 R3.24.0", string number = "498912345", string uri = "")
    {
        var phone = new RawPhone(Server.PhoneUrl, mac) { Model = model, Firmware = firmware, Number = number, ContactMeUri = uri };
        phones.Add(phone);
        return phone;
    }

    /// <summary>Three phones: one with a past, one that does not answer, one that sends markup.</summary>
    public async Task FillAsync()
    {
        var known = Add(Known, number: "4989700100");
        await known.RegisterAsync(("sntp-addr", "ntp.example.net"), ("dhcp", "true"), ("user-pwd", "secret-4711"),
            ("lldp-enabled", "true"), ("timezone-value", "60"), ("display-id-unicode", "Front desk"));
        Server.Devices.Locate(Known, "Munich, 3rd floor");
        await OrderAsync(new JobRequest { Mac = Known, Kind = JobKind.ReadItems, Items = [new Item("sntp-addr")] });
        await known.CallAsync("solicited");
        await known.ReplyAsync("ReadItems", "accepted", ("sntp-addr", "ntp2.example.net"));
        await OrderAsync(new JobRequest
        {
            Mac = Known,
            Kind = JobKind.WriteItems,
            Items = [new Item("dhcp", "false"), new Item("mac-addr", "00:00:00:00:00:00"), new Item("user-pwd", "secret-4712")],
        });
        await known.CallAsync("solicited");
        await known.ReplyAsync("WriteItems", "accepted", ("mac-addr!", ""));

        // Nobody listens on port 1.
        await Add(Unreachable, "OpenStage 60", "V2 R2.40.0", "4989700101", "http://127.0.0.1:1/contact_dls.html/ContactDLS").RegisterAsync(("dhcp", "false"));
        await OrderAsync(new JobRequest { Mac = Unreachable, Kind = JobKind.Restart });
        await PassAsync(TimeSpan.FromMinutes(3));

        var hostile = Add(Hostile, Markup, Markup, Markup);
        await hostile.RegisterAsync(("display-id-unicode", "before"), (Markup, Markup));
        await hostile.CallAsync("local-changes");
        await OrderAsync(new JobRequest { Mac = Hostile, Kind = JobKind.ReadItems, Items = [new Item("display-id-unicode")] });
        await hostile.CallAsync("solicited");
        await hostile.ReplyAsync("ReadItems", "accepted", ("display-id-unicode", Markup));
        Server.Devices.Locate(Hostile, Markup);
    }

    /// <summary>Creates a job, and waits until the phone was contacted for it.</summary>
    public async Task<Job> OrderAsync(JobRequest request)
    {
        var job = await Server.Jobs.CreateAsync(request);
        await PassAsync(TimeSpan.Zero);
        return job;
    }

    /// <summary>Lets virtual time go by and waits until all that was due is done.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await Server.WhenIdleAsync(patience.Token);
        Clock.Advance(span);
        await Server.WhenIdleAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        phones.ForEach(phone => phone.Dispose());
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
