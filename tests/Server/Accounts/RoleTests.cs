using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Who may do what, and that no route was forgotten.</summary>
public sealed class RoleTests
{
    /// <summary>All that may be asked without a login.</summary>
    private static readonly string[] Open =
    [
        "POST /api/login/oauth/token", "POST /api/login/oauth/revoke", "POST /api/login", "POST /api/auth/refresh_token",
        "GET /openapi/{documentName}.json", "GET /health/live", "GET /health/ready", "GET /login", "POST /login",
        "GET /assets/{version}/{name}",
    ];

    private RunningServer lab = null!;

    [OneTimeSetUp]
    public async Task Start() => lab = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public void Every_route_has_a_rule_and_only_those_of_the_login_and_of_no_secret_are_open()
    {
        var routes = lab.Server.AdminServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.That(routes, Has.Count.GreaterThan(20));
        var policies = lab.Server.AdminServices.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var name = $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}";
                if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                    Assert.That(name, Is.AnyOf(Open).Or.StartsWith("GET /assets/"), "open by mistake?");
                else
                    Assert.That(route.Metadata.GetMetadata<IAuthorizeData>()?.Policy, Is.Not.Null, $"{name} has no rule");
            }
        }

        Assert.That(policies.GetFallbackPolicyAsync().Result, Is.Not.Null, "a route that is forgotten all the same needs a login");
    }

    [Test]
    public async Task Nothing_but_what_is_open_answers_without_a_login()
    {
        var routes = lab.Server.AdminServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null);
        using var nobody = new Api(lab);
        foreach (var route in routes)
        {
            var target = System.Text.RegularExpressions.Regex.Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "1");
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var response = await nobody.SendAsync(method, target);
                Assert.That((int)response.StatusCode, Is.EqualTo(401), $"{method} {target}");
            }
        }

        Assert.That(await nobody.StatusAsync("GET", "/openapi/v1.json"), Is.EqualTo(200));
        Assert.That(await nobody.StatusAsync("GET", "/nothing"), Is.EqualTo(401));
    }

    [TestCase("Viewer", "GET", "/api/devices", 200)]
    [TestCase("Viewer", "GET", "/api/jobs", 200)]
    [TestCase("Viewer", "GET", "/api/transcripts", 200)]
    [TestCase("Viewer", "GET", "/api/tokens", 200)]
    [TestCase("Viewer", "POST", "/api/jobs", 403)]
    [TestCase("Viewer", "DELETE", "/api/jobs/1", 403)]
    [TestCase("Viewer", "GET", "/api/accounts", 403)]
    [TestCase("Viewer", "GET", "/api/audit", 403)]
    [TestCase("Operator", "GET", "/api/devices", 200)]
    [TestCase("Operator", "POST", "/api/jobs", 400)]
    [TestCase("Operator", "DELETE", "/api/jobs/1", 404)]
    [TestCase("Operator", "GET", "/api/accounts", 403)]
    [TestCase("Operator", "POST", "/api/accounts", 403)]
    [TestCase("Operator", "PUT", "/api/accounts/admin", 403)]
    [TestCase("Operator", "DELETE", "/api/accounts/admin", 403)]
    [TestCase("Operator", "GET", "/api/audit", 403)]
    [TestCase("Administrator", "GET", "/api/devices", 200)]
    [TestCase("Administrator", "DELETE", "/api/jobs/1", 404)]
    [TestCase("Administrator", "GET", "/api/accounts", 200)]
    [TestCase("Administrator", "POST", "/api/accounts", 400)]
    [TestCase("Administrator", "GET", "/api/audit", 200)]
    public async Task Each_role_may_do_what_is_its_own_and_no_more(string role, string method, string target, int status)
    {
        using var api = await ApiOfAsync(role);
        using var response = await api.SendAsync(method, target, method is "POST" or "PUT" ? new { } : null);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        if (status == 403)
            await Api.AssertRefusedAsync(response, 403, "FORBIDDEN", "role", role, target.StartsWith("/api/a", StringComparison.Ordinal) ? "Administrator" : "Operator");
    }

    [TestCase("GET", "/api/devices/{mac}/secure-mode", "Administrator")]
    [TestCase("DELETE", "/api/secure-mode/certificates/{id}", "Administrator")]
    [TestCase("GET", "/api/backup", "Administrator")]
    [TestCase("PUT", "/api/Settings", "Administrator")]
    [TestCase("POST", "/api/files", "Operator")]
    [TestCase("PATCH", "/api/files/{accounts}", "Operator")]
    [TestCase("GET", "/api/files", "Viewer")]
    [TestCase("HEAD", "/api/files", "Viewer")]
    [TestCase("GET,POST", "/api/files", "Operator")]
    public void A_route_of_any_part_gets_its_rule_by_method_and_path(string methods, string path, string policy)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        using var application = builder.Build();
        var api = Server.Accounts.AccessRules.WithAccessRules(application.MapGroup("/api"));
        api.MapMethods(path["/api".Length..], methods.Split(','), () => "");
        var route = ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).Single();
        Assert.That(route.Metadata.GetOrderedMetadata<IAuthorizeData>().Single().Policy, Is.EqualTo(policy));
    }

    [Test]
    public async Task A_browser_that_wants_a_page_is_led_to_the_login_and_a_program_is_told()
    {
        var page = await RawHttp.SendAsync(lab.Server.AdminUrl, "GET /phones?state=idle HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n");
        Assert.That(RawHttp.Status(page), Is.EqualTo(302));
        Assert.That(page, Does.Contain("Location: /login?returnUrl=%2Fphones%3Fstate%3Didle\r\n"));
        var program = await RawHttp.SendAsync(lab.Server.AdminUrl, "GET /api/devices HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        Assert.That(RawHttp.Status(program), Is.EqualTo(401));
    }

    [Test]
    public async Task The_description_says_which_routes_need_which_role()
    {
        using var nobody = new Api(lab);
        var document = await nobody.CallAsync("GET", "/openapi/v1.json");
        Assert.That(document!["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>(), Is.EqualTo("bearer"));
        var paths = document["paths"]!;
        Assert.That(paths["/api/jobs"]!["post"]!["description"]!.GetValue<string>(), Does.Contain("Needs: Operator."));
        Assert.That(paths["/api/jobs"]!["post"]!["security"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(paths["/api/jobs"]!["post"]!["responses"]!.AsObject().Select(answer => answer.Key), Does.Contain("401").And.Contain("403"));
        Assert.That(paths["/api/login"]!["post"]!["security"], Is.Null);
        Assert.That(paths["/api/login/oauth/token"]!["post"]!["requestBody"]!["content"]!["application/x-www-form-urlencoded"], Is.Not.Null);
    }

    private async Task<Api> ApiOfAsync(string role)
    {
        var name = $"a-{role.ToLowerInvariant()}";
        if (lab.Server.Access.Accounts.Get(name) is null)
            return await Api.LoginAsync(lab, name, role);
        var (token, _) = lab.Server.Access.Grants.IssueScript(name, "tests", Enum.Parse<Server.Accounts.Role>(role), null);
        return new Api(lab, token);
    }
}
