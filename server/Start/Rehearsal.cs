using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Start;

/// <summary>
/// Start-up sessions of phones that do not exist, with a server of their own on loopback and a store of its own: what the
/// runtime has not compiled yet costs a service that has just started as much processor time as thousands of phones, and
/// the moment it starts is the one at which the phones of a site get their power back, too.
/// </summary>
internal static partial class Rehearsal
{
    /// <summary>What metrics and traces of it are called. Nobody exports them.</summary>
    public const string Telemetry = "OpenStage.Server.Rehearsal";

    /// <summary>With so many there is next to nothing left to compile.</summary>
    public const int Phones = 60;

    private const int AtOnce = 4;

    /// <summary>As new ones, as known ones that are as they were, and as known ones that changed.</summary>
    private static readonly int[] Editions = [1, 1, 2];

    /// <summary>Plays; whatever goes wrong is logged, and the service does not depend on it.</summary>
    /// <param name="phones">How many, each of which starts up three times.</param>
    public static async Task PlayAsync(TimeProvider time, ILogger logger, CancellationToken cancellation, int phones = Phones)
    {
        try
        {
            var begun = time.GetTimestamp();
            var folder = Directory.CreateTempSubdirectory("openstage-rehearsal-").FullName;
            try
            {
                await PlayAsync(folder, time, phones, cancellation);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            LogPlayed(logger, phones * Editions.Length, time.GetElapsedTime(begun).TotalSeconds);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The service ends before it is over.
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            LogBroken(logger, broken);
        }
    }

    private static async Task PlayAsync(string folder, TimeProvider time, int phones, CancellationToken cancellation)
    {
        var options = new ServerOptions { DataFolder = folder, PhonePort = 0, SecurePort = null };
        await using var server = await ProvisioningServer.StartForRehearsalAsync(options, time, Telemetry, cancellation);
        using var certificate = ServerCertificate.LoadOrCreate(folder, options.ListenAddress, time.GetUtcNow());
        using var connections = Connections(certificate);
        using var client = new HttpClient(connections) { BaseAddress = server.PhoneUrl };
        foreach (var edition in Editions)
        {
            await Parallel.ForAsync(0, phones, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (number, limit) =>
                await new RehearsalPhone(client, number).StartUpAsync(edition, limit));
        }
    }

    private static SocketsHttpHandler Connections(X509Certificate2 certificate) => new()
    {
        UseCookies = false,
        UseProxy = false,
        SslOptions =
        {
#pragma warning disable CA5398 // As the phones do, which are older than TLS 1.3.
            EnabledSslProtocols = SslProtocols.Tls12,
#pragma warning restore CA5398
            RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown),
        },
    };

    [LoggerMessage(6006, LogLevel.Debug, "Rehearsed {Sessions} sessions in {Seconds:0.0} s")]
    private static partial void LogPlayed(ILogger logger, int sessions, double seconds);

    [LoggerMessage(6007, LogLevel.Warning, "The rehearsal was broken off; the service is not concerned, but the first phones of a storm may wait longer")]
    private static partial void LogBroken(ILogger logger, Exception broken);
}
