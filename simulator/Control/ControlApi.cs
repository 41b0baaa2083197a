using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Control;

/// <summary>Controls emulated phones over REST on 127.0.0.1.</summary>
internal sealed class ControlApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyDictionary<string, SimulatedPhone> phones;
    private readonly ControlLog exchanges;

    private ControlApi(WebApplication app, IReadOnlyList<SimulatedPhone> phones, ControlLog exchanges)
    {
        this.app = app;
        this.phones = phones.ToDictionary(phone => phone.Mac, StringComparer.OrdinalIgnoreCase);
        this.exchanges = exchanges;
    }

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ControlApi> StartAsync(IReadOnlyList<SimulatedPhone> phones, ControlLog exchanges, int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        var control = new ControlApi(app, phones, exchanges);
        control.Map();
        await app.StartAsync(cancellation);
        return control;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(RefuseForeignPagesAsync);
        app.MapOpenApi();
        var api = app.MapGroup("/api/phones");
        api.MapGet("/", async () => await Task.WhenAll(phones.Values.Select(phone => phone.GetStateAsync())));
        api.MapGet("/{mac}", (string mac) => WithPhone(mac, async phone => Results.Ok(await phone.GetStateAsync())));
        api.MapGet("/{mac}/items", (string mac) => WithPhone(mac, async phone => Results.Ok((await phone.GetItemsAsync()).Select(Masked))));
        api.MapGet("/{mac}/exchanges", (string mac) => WithPhone(mac, _ => Task.FromResult(Results.Ok(
            exchanges.Exchanges.Where(exchange => exchange.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase)).Select(Masked)))));
        api.MapPost("/{mac}/call", (string mac) => Do(mac, phone => phone.StartCallAsync()));
        api.MapDelete("/{mac}/call", (string mac) => Do(mac, phone => phone.EndCallAsync()));
        api.MapPost("/{mac}/restart", (string mac) => Do(mac, phone => phone.RestartAsync()));
        api.MapPost("/{mac}/power", (string mac) => Do(mac, phone => phone.PowerOnAsync()));
        api.MapDelete("/{mac}/power", (string mac) => Do(mac, phone => phone.PowerOffAsync()));
        api.MapPost("/{mac}/local-changes", (string mac, LocalChangeRequest change) => WithPhone(mac, phone => ChangeAsync(phone, change)));
        api.MapPut("/{mac}/quirks", (string mac, QuirksRequest request) => WithPhone(mac, phone => WearAsync(phone, request)));
    }

    private Task<IResult> Do(string mac, Func<SimulatedPhone, Task> action) => WithPhone(mac, async phone =>
    {
        await action(phone);
        return Results.Ok(await phone.GetStateAsync());
    });

    private async Task<IResult> WithPhone(string mac, Func<SimulatedPhone, Task<IResult>> action) => phones.TryGetValue(mac, out var phone)
        ? await action(phone)
        : Problem($"mac '{mac}': no such phone; there are {string.Join(", ", phones.Keys)}.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ChangeAsync(SimulatedPhone phone, LocalChangeRequest change)
    {
        var items = new List<Item>();
        foreach (var (key, value) in change.Items ?? [])
        {
            if (!PhoneModels.TryKey(key, out var item))
                return Problem($"items.{key}: allowed are the names of items, with [index] for tables.");
            items.Add(new Item(item.Name, value, item.Index));
            if (ItemCatalogue.Default.CheckWrite(items[^1]) is { } finding)
                return Problem($"items.{key}: {finding.Actual} is not allowed; allowed is {finding.Expected}.");
        }

        if (items.Count == 0)
            return Problem("items: at least one item is needed.");
        await phone.ChangeLocallyAsync(items);
        return Results.Ok(await phone.GetStateAsync());
    }

    private static async Task<IResult> WearAsync(SimulatedPhone phone, QuirksRequest request)
    {
        try
        {
            await phone.SetQuirksAsync(request.Quirks ?? []);
            return Results.Ok(await phone.GetStateAsync());
        }
        catch (ArgumentException wrong)
        {
            return Problem($"quirks: {wrong.Message}");
        }
    }

    private static IResult Problem(string detail, int status = StatusCodes.Status400BadRequest) => Results.Problem(detail, statusCode: status);

    private static object Masked(Item item) => new { item.Name, item.Index, Value = SecretItems.IsSecret(item.Name) && item.Value.Length > 0 ? "***" : item.Value };

    private static object Masked(HttpExchange exchange) => new
    {
        exchange.Sequence,
        OffsetSeconds = exchange.Offset.TotalSeconds,
        exchange.Method,
        exchange.Target,
        exchange.Status,
        exchange.Error,
        Request = Encoding.UTF8.GetString(TranscriptMask.Mask(exchange.RequestBody)),
        Response = Encoding.UTF8.GetString(TranscriptMask.Mask(exchange.ResponseBody)),
    };

    /// <summary>A web page open in somebody's browser must not control phones, by whatever name it reaches this port.</summary>
    private static Task RefuseForeignPagesAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        var isLocal = host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
        var origin = context.Request.Headers.Origin.ToString();
        if (isLocal && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == context.Request.Host.Value)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("Requests from other sites are refused.");
    }
}
