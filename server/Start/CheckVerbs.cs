using System.CommandLine;
using System.Globalization;
using System.Net;
using OpenStage.Server.Configuration;

namespace OpenStage.Server.Start;

/// <summary>Verbs that look and change nothing.</summary>
internal static class CheckVerbs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command CheckConfig()
    {
        var file = new Argument<string>("FILE") { Description = "Configuration file" };
        var verb = new Command("check-config", "Says what is wrong with a configuration file, and which settings it comes to with the environment.\n\nExample: server check-config server.json") { file };
        verb.SetAction((arguments, _) => Refusals.CatchAsync(async () =>
        {
            var name = arguments.GetValue(file)!;
            var configuration = ConfigurationOptions.Read(arguments, name);
            object[] sections = [configuration.Server, configuration.Telemetry, configuration.Log];
            foreach (var setting in Settings.All)
            {
                var value = setting.Property.GetValue(sections.Single(section => section.GetType() == setting.Property.DeclaringType));
                await Console.Out.WriteLineAsync($"{setting.Key} = {(value is null ? "null" : setting.Shown(setting.Write(value)))}");
            }

            return ExitCode.Good;
        }));
        return verb;
    }

    public static Command Health()
    {
        var url = new Option<string?>("--url") { Description = "Address of the administration; the configured one without it" };
        var verb = new Command("health", "Asks a running server whether it is ready: exit code 0 when it is, 3 when not.\n\nExample: server health --url http://127.0.0.1:8080") { url };
        verb.SetAction((arguments, cancellation) => Refusals.CatchAsync(() => AskAsync(Address(arguments, arguments.GetValue(url)), cancellation)));
        return verb;
    }

    private static Uri Address(ParseResult arguments, string? url)
    {
        if (url is not null)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var given) && given.Scheme is "http" or "https"
                ? given
                : throw new ArgumentException($"--url '{url}': allowed is an http or https address such as http://127.0.0.1:8080.");
        }

        var options = ConfigurationOptions.Read(arguments).Server;
        if (options.AdminPort == 0)
            throw new ArgumentException("AdminPort '0': allowed is the port that the server listens on; or give --url.");
        var local = options.AdminAddress.Equals(IPAddress.Any) ? IPAddress.Loopback
            : options.AdminAddress.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : options.AdminAddress;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{new IPEndPoint(local, options.AdminPort)}"));
    }

    private static async Task<int> AskAsync(Uri server, CancellationToken cancellation)
    {
        using var handler = new HttpClientHandler();
        // On the machine itself nobody is in between, and the certificate names the address that others use.
        if (server.IsLoopback)
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(server, "/health/ready"), cancellation);
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellation));
            return answer.StatusCode == HttpStatusCode.OK ? ExitCode.Good : ExitCode.Failure;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"error: {server} does not answer: {silent.Message}");
            return ExitCode.Failure;
        }
    }
}
