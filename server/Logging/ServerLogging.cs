namespace OpenStage.Server.Logging;

/// <summary>The log of a server process, on its standard output.</summary>
internal static class ServerLogging
{
    public static ILoggerFactory Create(LogOptions options) => LoggerFactory.Create(logging =>
    {
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.IncludeScopes = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        logging.SetMinimumLevel(options.Level).AddFilter("Microsoft", LogLevel.Warning);
        foreach (var (category, level) in options.Levels)
            logging.AddFilter(category, level);
    });
}
