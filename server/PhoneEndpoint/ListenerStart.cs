using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>Opens and closes a listener.</summary>
internal static class ListenerStart
{
    /// <summary>Longest wait for what is under way, where nobody says another.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    /// <summary>Starts the web server of an application; when it does not start, the application is disposed.</summary>
    /// <returns>The port, also when any free one was asked for.</returns>
    /// <exception cref="PortInUseException">The port is taken, or may not be used.</exception>
    public static Task<int> StartAsync(WebApplication application, IPEndPoint endPoint, CancellationToken cancellation) =>
        StartAsync(application, application.StartAsync, endPoint, cancellation);

    /// <param name="start">Starts the web server of the application.</param>
    /// <inheritdoc cref="StartAsync(WebApplication, IPEndPoint, CancellationToken)"/>
    public static async Task<int> StartAsync(WebApplication application, Func<CancellationToken, Task> start, IPEndPoint endPoint, CancellationToken cancellation)
    {
        try
        {
            await start(cancellation);
        }
        catch (Exception broken)
        {
            await application.DisposeAsync();
            if (broken is IOException or System.Net.Sockets.SocketException)
                throw new PortInUseException(endPoint, broken);
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)).Port;
    }

    public static async Task StopAsync(WebApplication application)
    {
        using var limit = new CancellationTokenSource(StopPatience);
        await StopAsync(application, application.StopAsync, limit.Token);
    }

    /// <summary>Takes no new connections, and waits for the exchanges that are under way.</summary>
    /// <param name="stop">Stops the web server of the application.</param>
    /// <param name="limit">When cancelled, what is still under way is dropped.</param>
    public static async Task StopAsync(WebApplication application, Func<CancellationToken, Task> stop, CancellationToken limit)
    {
        try
        {
            await stop(limit);
        }
        catch (OperationCanceledException)
        {
            // A connection that does not end is dropped by the disposal.
        }

        await application.DisposeAsync();
    }
}
