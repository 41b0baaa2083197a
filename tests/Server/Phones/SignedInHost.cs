using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Tests.Phones;

/// <summary>The phones resource of a server on a port of its own, asked by an account of the test's choice.</summary>
internal sealed class SignedInHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private SignedInHost(WebApplication application) => this.application = application;

    public Uri Url => new(application.Urls.Single());

    /// <param name="name">Name of the account, or null when nobody is signed in.</param>
    public static async Task<SignedInHost> StartAsync(ProvisioningServer server, string? name, string role)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Use(ApiErrors.CatchAsync);
        application.Use((context, next) =>
        {
            if (name is not null)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role)], "test"));
            return next(context);
        });
        server.Phones.Map(application.MapGroup("/api"));
        await application.StartAsync();
        return new SignedInHost(application);
    }

    public Task<string> GetAsync(string target) => SendAsync("GET", target, "");

    public Task<string> PostAsync(string target, string body = "") => SendAsync("POST", target, body);

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private Task<string> SendAsync(string method, string target, string body) => RawHttp.SendAsync(Url, string.Create(CultureInfo.InvariantCulture,
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
}
