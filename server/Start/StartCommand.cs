using System.CommandLine;
using OpenStage.Server.Configuration;
using OpenStage.Server.Logging;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Start;

/// <summary>The command line: the one place that takes the system's clock.</summary>
internal static partial class StartCommand
{
    private static readonly Option<bool> ResetAdmin = new("--reset-admin") { Description = "Give the account admin a new one-time password" };

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            return ExitCode.Configuration;
        }

        // The command ends by its own signals: what is under way has its time to end.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    public static RootCommand Build()
    {
        var root = new RootCommand("Provisioning server for OpenStage and OpenScape Desk Phone IP");
        ConfigurationOptions.AddTo(root);
        root.Add(ResetAdmin);
        root.Add(StoreVerbs.Backup());
        root.Add(StoreVerbs.Restore());
        root.Add(CheckVerbs.CheckConfig());
        root.Add(CheckVerbs.Health());
        root.SetAction((arguments, cancellation) => Refusals.CatchAsync(() => RunAsync(arguments, cancellation)));
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var configuration = ConfigurationOptions.Read(arguments);
        using var signals = new EndSignals();
        using var loggers = ServerLogging.Create(configuration.Log);
        var logger = loggers.CreateLogger(typeof(StartCommand));
        foreach (var name in ConfigurationEnvironment.Unknown(ConfigurationOptions.Environment()))
            LogUnknownVariable(logger, name);
        using var telemetry = TelemetryExport.Start(configuration.Telemetry, ConfigurationOptions.Environment());
        if (telemetry is not null)
            LogTelemetry(logger, telemetry.Endpoint);
        await using var server = await ProvisioningServer.StartAsync(configuration.Server, TimeProvider.System, loggers, [], cancellation);
        if ((server.FirstPassword ?? (arguments.GetValue(ResetAdmin) ? server.ResetFirstPassword() : null)) is { } password)
        {
            // Never in the log: that is kept.
            var console = configuration.Log.Format == LogFormat.Text ? Console.Out : Console.Error;
            await console.WriteLineAsync($"First login:    admin, one-time password {password} (shown only now)");
        }

        if (configuration.Log.Format == LogFormat.Text)
        {
            await Console.Out.WriteLineAsync($"Phones:         {server.PhoneUrl}");
            if (server.PollUrl is { } polls)
                await Console.Out.WriteLineAsync($"Polls:          {polls}");
            if (server.SecureUrl is { } secure)
                await Console.Out.WriteLineAsync($"Secure Mode:    {secure}");
            await Console.Out.WriteLineAsync($"Administration: {server.AdminUrl}");
            await Console.Out.WriteLineAsync("Ctrl-C ends.");
        }

        LogStarted(logger, server.PhoneUrl, server.AdminUrl);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var rehearsal = configuration.Server.Rehearse ? Task.Run(() => Rehearsal.PlayAsync(TimeProvider.System, logger, ended.Token), CancellationToken.None) : Task.CompletedTask;
        await signals.Asked;
        LogStopping(logger, configuration.Server.StopTimeout.TotalSeconds);
        await ended.CancelAsync();
        await server.StopAsync(signals.Hurry);
        await rehearsal;
        await server.DisposeAsync();
        LogStopped(logger);
        return ExitCode.Good;
    }

    [LoggerMessage(6001, LogLevel.Information, "Phones: {PhoneUrl}, administration: {AdminUrl}")]
    private static partial void LogStarted(ILogger logger, Uri phoneUrl, Uri adminUrl);

    [LoggerMessage(6002, LogLevel.Information, "Stopping: exchanges under way have {Seconds} s to end")]
    private static partial void LogStopping(ILogger logger, double seconds);

    [LoggerMessage(6003, LogLevel.Information, "Stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(6004, LogLevel.Warning, "The environment variable {Name} is no setting of the server")]
    private static partial void LogUnknownVariable(ILogger logger, string name);

    [LoggerMessage(6005, LogLevel.Information, "Metrics and traces go to {Endpoint}")]
    private static partial void LogTelemetry(ILogger logger, Uri endpoint);
}
