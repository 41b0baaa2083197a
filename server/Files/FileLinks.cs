using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Files;

/// <summary>
/// The addresses under which phones fetch files. Each holds a token of its own for one file of one job of one phone; it is
/// good for nothing else, and for nothing at all once the job is over.
/// </summary>
internal sealed class FileLinks(Vault vault)
{
    private readonly byte[] key = vault.Derive("file-area");

    /// <summary>The first part of an address.</summary>
    /// <param name="advertised">Host name or IP address of the server, or null for the one that the phone called.</param>
    /// <param name="called">Address and port that the phone called, such as <c>10.1.2.9:18443</c>.</param>
    /// <exception cref="InvalidOperationException">No phone has called.</exception>
    public static string BaseUrl(string? advertised, string called)
    {
        if (!IPEndPoint.TryParse(called, out var endPoint))
            throw new InvalidOperationException("An address of a file is made for a phone that has called.");
        if (advertised is not null && !IPAddress.TryParse(advertised, out _))
            return string.Create(CultureInfo.InvariantCulture, $"https://{advertised}:{endPoint.Port}");
        // Without the zone of a link-local address, which means something on this machine only.
        var address = advertised is null ? new IPAddress(endPoint.Address.GetAddressBytes()) : IPAddress.Parse(advertised);
        return $"https://{new IPEndPoint(address, endPoint.Port)}";
    }

    /// <summary>The whole address, with the name at its end (WPI guide p.53).</summary>
    /// <param name="baseUrl">What <see cref="BaseUrl"/> gives.</param>
    /// <param name="index">Position of the file in the job, which must be one of the library's.</param>
    public string Url(string baseUrl, Job job, int index) => string.Create(CultureInfo.InvariantCulture,
        $"{baseUrl}{FileTarget.Area}{job.Id}/{index}/{Token(job, index)}/{Uri.EscapeDataString(job.Files[index].Name)}");

    /// <summary>True for the token of this file of this job; takes the same time for every wrong one.</summary>
    public bool IsToken(Job job, int index, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(job, index)));

    private string Token(Job job, int index)
    {
        var file = job.Files[index].File ?? throw new InvalidOperationException("Only files of the library are in the file area.");
        var text = string.Create(CultureInfo.InvariantCulture, $"{job.Id}\n{index}\n{job.Mac}\n{file}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
