using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.FrontPanel;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Control;

/// <summary>Controls emulated phones over REST on 127.0.0.1, and serves their front panels.</summary>
internal sealed class ControlApi : IAsyncDisposable
{
    /// <summary>Phones that an error names; a fleet has thousands.</summary>
    private const int MostNamed = 10;

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
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        var app = builder.Build();
        var control = new ControlApi(app, phones, exchanges);
        control.Map();
        await app.StartAsync(cancellation);
        return control;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(BrowserGuard.RefuseForeignPagesAsync);
        app.Use(SayWhatIsWrongAsync);
        app.MapOpenApi();
        app.MapGet("/", () => PanelFiles.Get("index.html")).ExcludeFromDescription();
        app.MapGet("/phones/{mac}", (string mac) => phones.ContainsKey(mac) ? PanelFiles.Get("panel.html") : NoSuchPhone(mac)).ExcludeFromDescription();
        app.MapGet("/panel/{name}", PanelFiles.Get).ExcludeFromDescription();
        app.MapGet("/api/quirks", () => QuirkCatalogue.All.Select(quirk => new QuirkView(quirk.Id, quirk.Name, quirk.Summary, quirk.Source, [.. QuirkCatalogue.CasesThatCatch(quirk)])))
            .WithSummary("All quirks that a phone can wear");
        app.MapGet("/api/items", () => ItemCatalogue.Default.All.Select(CatalogueItemView.Of)).WithSummary("All items that are known, with what may be written to them");
        app.MapGet("/api/phones", async () => await Task.WhenAll(phones.Values.Select(phone => phone.GetStateAsync()))).WithSummary("All phones with what they are doing");
        var api = app.MapGroup("/api/phones/{mac}").ProducesProblem(StatusCodes.Status404NotFound);
        MapReading(api);
        MapActing(api.MapGroup("").ProducesProblem(StatusCodes.Status400BadRequest));
    }

    private void MapReading(RouteGroupBuilder api)
    {
        api.MapGet("/", (string mac) => WithPhone(mac, async phone => Results.Ok(await phone.GetStateAsync())))
            .WithSummary("What a phone is doing").Produces<PhoneState>();
        api.MapGet("/model", (string mac) => WithPhone(mac, phone => Task.FromResult(Results.Ok(ModelView.Of(phone.Model)))))
            .WithSummary("What a phone looks like").Produces<ModelView>();
        api.MapGet("/items", (string mac) => WithPhone(mac, async phone => Results.Ok((await phone.GetItemsAsync()).Select(ItemView.Of))))
            .WithSummary("All items of a phone, secrets masked").Produces<ItemView[]>();
        api.MapGet("/exchanges", (string mac) => WithPhone(mac, phone => Task.FromResult(Results.Ok(exchanges.Of(phone.Mac).Select(entry => ExchangeView.Of(entry.Number, entry.Exchange))))))
            .WithSummary("The last messages of a phone, secrets masked").Produces<ExchangeView[]>();
        api.MapGet("/events", (string mac, CancellationToken cancellation) => WithPhone(mac, phone => Task.FromResult<IResult>(TypedResults.ServerSentEvents(new PhoneEvents(phone, exchanges).ReadAsync(cancellation)))))
            .WithSummary("State and messages as they happen").Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
    }

    private void MapActing(RouteGroupBuilder api)
    {
        void Act(RouteHandlerBuilder route, string summary) => route.WithSummary(summary).Produces<PhoneState>();
        Act(api.MapPost("/call", (string mac) => Do(mac, phone => WhenUpAsync(phone, phone.StartCallAsync))), "Takes a call");
        Act(api.MapDelete("/call", (string mac) => Do(mac, phone => phone.EndCallAsync())), "Hangs up");
        Act(api.MapPost("/restart", (string mac) => Do(mac, phone => WhenOnAsync(phone, phone.RestartAsync))), "Restarts as by the menu");
        Act(api.MapPost("/power", (string mac) => Do(mac, phone => phone.PowerOnAsync())), "Gives power");
        Act(api.MapDelete("/power", (string mac) => Do(mac, phone => phone.PowerOffAsync())), "Pulls the power");
        Act(api.MapPost("/local-changes", (string mac, LocalChangeRequest change) => Do(mac, phone => WhenUpAsync(phone, () => phone.ChangeLocallyAsync(Checked(change))))), "Changes settings as a person at the phone does");
        Act(api.MapPut("/quirks", (string mac, QuirksRequest request) => Do(mac, phone => phone.SetQuirksAsync(request.Quirks ?? []))), "Puts on these quirks and no others");
        Act(api.MapPut("/key-modules", (string mac, KeyModulesRequest request) => Do(mac, phone => phone.PlugKeyModulesAsync(request.Count))), "Plugs or unplugs key modules");
        Act(api.MapPost("/pin", (string mac, PinRequest request) => Do(mac, phone => phone.EnterPinAsync(request.Pin ?? ""))), "Enters the PIN that the phone asks for");
        Act(api.MapPost("/log-on", (string mac, MobileUserRequest request) => Do(mac, phone => LogOnAsync(phone, request))), "Logs a mobile user on");
        Act(api.MapPost("/log-off", (string mac, MobileUserRequest request) => Do(mac, phone => phone.LogOffAsync(request.Password ?? ""))), "Logs the mobile user off");
    }

    private static Task LogOnAsync(SimulatedPhone phone, MobileUserRequest request) => request.User is { Length: > 0 } user
        ? phone.LogOnAsync(user, request.Password ?? "")
        : throw PhoneOptions.Refuse("user", request.User ?? "", "the number of the mobile user");

    /// <summary>A phone without power does nothing; that it was asked to must not look like success.</summary>
    private static async Task WhenOnAsync(SimulatedPhone phone, Func<Task> action)
    {
        if (!(await phone.GetStateAsync()).On)
            throw new InvalidOperationException("The phone has no power.");
        await action();
    }

    private static Task WhenUpAsync(SimulatedPhone phone, Func<Task> action) => WhenOnAsync(phone, async () =>
    {
        if ((await phone.GetStateAsync()).Booting)
            throw new InvalidOperationException("The phone is starting up.");
        await action();
    });

    private Task<IResult> Do(string mac, Func<SimulatedPhone, Task> action) => WithPhone(mac, async phone =>
    {
        try
        {
            await action(phone);
            return Results.Ok(await phone.GetStateAsync());
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            return Problem(refused.Message);
        }
    });

    private async Task<IResult> WithPhone(string mac, Func<SimulatedPhone, Task<IResult>> action)
    {
        if (!phones.TryGetValue(mac, out var phone))
            return NoSuchPhone(mac);
        try
        {
            return await action(phone);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or OperationCanceledException)
        {
            return Problem($"mac '{mac}': the phone was taken away.", StatusCodes.Status410Gone);
        }
    }

    private IResult NoSuchPhone(string mac) =>
        Problem($"mac '{mac}': no such phone; there are {string.Join(", ", phones.Keys.Take(MostNamed))}{(phones.Count > MostNamed ? $" and {phones.Count - MostNamed} more" : "")}.", StatusCodes.Status404NotFound);

    /// <exception cref="ArgumentException">An item may not be changed so; the message says what is allowed.</exception>
    private static List<Item> Checked(LocalChangeRequest change)
    {
        var items = new List<Item>();
        foreach (var (key, value) in change.Items ?? [])
        {
            if (!PhoneModels.TryKey(key, out var item))
                throw new ArgumentException($"items.{key}: allowed are the names of items, with [index] for tables.");
            items.Add(new Item(item.Name, value ?? "", item.Index));
            if (ItemCatalogue.Default.CheckWrite(items[^1]) is { } finding)
                throw new ArgumentException($"items.{key}: {finding.Actual} is not allowed; allowed is {finding.Expected}.");
        }

        return items.Count > 0 ? items : throw new ArgumentException("items: at least one item is needed.");
    }

    private static IResult Problem(string detail, int status = StatusCodes.Status400BadRequest) => Results.Problem(detail, statusCode: status);

    /// <summary>A body that cannot be read is answered with the place and what was expected there.</summary>
    private static async Task SayWhatIsWrongAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException wrong)
        {
            await Problem(wrong.InnerException?.Message ?? wrong.Message, wrong.StatusCode).ExecuteAsync(context);
        }
    }
}
