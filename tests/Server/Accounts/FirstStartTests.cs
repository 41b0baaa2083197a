using NUnit.Framework;
using OpenStage.Server.Tests.Interactions;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>There is no default password: the first start makes a one-time one, which has to be changed.</summary>
public sealed class FirstStartTests
{
    [Test]
    public async Task The_first_start_alone_makes_a_password()
    {
        await using var lab = await RunningServer.StartAsync();
        Assert.That(lab.Server.FirstPassword, Does.Match("^([a-z2-9]{5}-){3}[a-z2-9]{5}$"));
        var admin = lab.Server.Access.Accounts.Get("admin")!;
        Assert.That((admin.Role, admin.MustChangePassword, admin.Disabled), Is.EqualTo((Server.Accounts.Role.Administrator, true, false)));
        await lab.RestartAsync();
        Assert.That(lab.Server.FirstPassword, Is.Null);
    }

    [Test]
    public async Task Before_the_change_of_a_one_time_password_nothing_else_is_allowed()
    {
        await using var lab = await RunningServer.StartAsync();
        using var api = await FirstLoginAsync(lab);
        foreach (var (method, target) in new[] { ("GET", "/api/devices"), ("GET", "/api/accounts"), ("GET", "/api/tokens"), ("DELETE", "/api/jobs/1"), ("GET", "/api/audit") })
        {
            using var response = await api.SendAsync(method, target);
            await Api.AssertRefusedAsync(response, 403, "FORBIDDEN", "password", "one-time password", "POST /api/accounts/admin/password");
        }

        Assert.That((await api.CallAsync("GET", "/api/login"))!["must_change_password"]!.GetValue<bool>(), Is.True);
        using (var others = await api.SendAsync("POST", "/api/accounts/lab/password", new { newPassword = "stolen horse battery" }))
            await Api.AssertRefusedAsync(others, 403, "FORBIDDEN", "role", "Administrator", "Administrator");
        using (var wrong = await api.SendAsync("POST", "/api/accounts/admin/password", new { currentPassword = "guess", newPassword = Api.Password }))
            await Api.AssertRefusedAsync(wrong, 400, "UNAUTHORIZED", "currentPassword", "***", "password");
        var first = lab.Server.FirstPassword!;
        using (var same = await api.SendAsync("POST", "/api/accounts/admin/password", new { currentPassword = first, newPassword = first }))
            await Api.AssertRefusedAsync(same, 400, "VALIDATE_FAILED", "newPassword", "the present one", "another password");

        Assert.That(await api.StatusAsync("POST", "/api/accounts/admin/password", new { currentPassword = first, newPassword = Api.Password }), Is.EqualTo(204));
        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(401), "the old login has ended");
        api.Token = null;
        Assert.That(await api.StatusAsync("POST", "/api/login", new { username = "admin", password = first }), Is.EqualTo(400));
        api.Token = (await api.CallAsync("POST", "/api/login", new { username = "admin", password = Api.Password }))!["access_token"]!.GetValue<string>();
        Assert.That(await api.StatusAsync("GET", "/api/accounts"), Is.EqualTo(200));
    }

    [Test]
    public async Task A_start_that_fails_makes_no_password_that_nobody_sees()
    {
        using var folder = new TemporaryFolder();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Assert.That(async () => await ProvisioningServer.StartAsync(
            new ServerOptions { DataFolder = folder.Path, PhonePort = 0, AdminPort = port }, TimeProvider.System, null, [], CancellationToken.None),
            Throws.TypeOf<PortInUseException>());
        await using var server = await ProvisioningServer.StartAsync(
            new ServerOptions { DataFolder = folder.Path, PhonePort = 0, AdminPort = 0 }, TimeProvider.System, null, [], CancellationToken.None);
        Assert.That(server.FirstPassword, Is.Not.Null);
    }

    [Test]
    public async Task A_lost_password_is_replaced_and_the_account_gets_its_rights_back()
    {
        await using var lab = await RunningServer.StartAsync();
        using var api = await FirstLoginAsync(lab);
        lab.Server.Access.Accounts.Change("admin", account => account with { Role = Server.Accounts.Role.Viewer, Disabled = true });
        var password = lab.Server.ResetFirstPassword();
        Assert.That(await api.StatusAsync("GET", "/api/login"), Is.EqualTo(401), "earlier logins have ended");
        api.Token = null;
        Assert.That(await api.StatusAsync("POST", "/api/login", new { username = "admin", password }), Is.EqualTo(200));
        Assert.That(lab.Server.Access.Accounts.Get("admin")!.Role, Is.EqualTo(Server.Accounts.Role.Administrator));
    }

    [Test]
    public async Task The_command_prints_the_password_once_and_a_new_one_when_asked()
    {
        await using var server = new ServerProcess();
        var first = await server.PrintedPasswordAsync();
        Assert.That(first, Does.Match("^([a-z2-9]{5}-){3}[a-z2-9]{5}$"));
        Assert.That(await server.PrintedPasswordAsync(), Is.Null);
        var second = await server.PrintedPasswordAsync("--reset-admin", "--verbose");
        Assert.That(second, Does.Match("^([a-z2-9]{5}-){3}[a-z2-9]{5}$").And.Not.EqualTo(first));
    }

    private static async Task<Api> FirstLoginAsync(RunningServer lab)
    {
        var api = new Api(lab);
        api.Token = (await api.CallAsync("POST", "/api/login", new { username = "admin", password = lab.Server.FirstPassword }))!["access_token"]!.GetValue<string>();
        return api;
    }
}
