using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Downloads;

/// <summary>Fetches files over HTTPS and FTP (WPI guide p.52-57). Never throws for what the other side does.</summary>
internal static class FileDownload
{
    /// <summary>Larger files are given up: no image of the field comes near.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int StartBytes = 256;

    /// <summary>Real time for a whole file.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // WPI guide p.12: in Default Mode the phone authenticates nobody.
    private static readonly HttpClient Https = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
#pragma warning disable CA5359
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    public static async Task<DownloadResult> LoadAsync(FileRequest file, CancellationToken cancellation)
    {
        if (file.Source is not { } source)
            return DownloadResult.Failed("the items do not say where the file is");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            return source.Scheme == Uri.UriSchemeFtp
                ? await FtpDownload.LoadAsync(source, file.Username, file.Password, limit.Token)
                : await LoadHttpsAsync(source, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return DownloadResult.Failed($"not complete within {Limit.TotalMinutes:0} min");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or AuthenticationException or WebException)
        {
            return DownloadResult.Failed(broken.InnerException?.Message ?? broken.Message);
        }
    }

    /// <summary>Reads a file to its end and keeps its start.</summary>
    public static async Task<DownloadResult> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var start = new byte[StartBytes];
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes < StartBytes)
                buffer.AsSpan(0, (int)Math.Min(read, StartBytes - bytes)).CopyTo(start.AsSpan((int)bytes));
            bytes += read;
            if (bytes > MaxBytes)
                return DownloadResult.Failed($"more than {MaxBytes} bytes");
        }

        return new DownloadResult(bytes, start.AsMemory(0, (int)Math.Min(bytes, StartBytes)), "");
    }

    private static async Task<DownloadResult> LoadHttpsAsync(Uri source, CancellationToken cancellation)
    {
        using var response = await Https.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            return DownloadResult.Failed($"HTTP status {(int)response.StatusCode}");
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        return await ReadAsync(stream, cancellation);
    }
}
