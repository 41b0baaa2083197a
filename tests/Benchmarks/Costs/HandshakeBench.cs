using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Benchmarks.Costs;

/// <summary>What the cryptography of a handshake costs here, beside what <c>openssl speed</c> says of this machine.</summary>
internal static partial class HandshakeBench
{
    private const string Floor = "openssl speed";

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var hash = new byte[32];
        var (sign, agree) = await SpeedAsync(run);
        return
        [
            Of("handshake.rsa2048-sign", sign, () => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            Of("handshake.p256-agree", agree, () => curve.DeriveRawSecretAgreement(other.PublicKey)),
        ];

        Figure Of(string name, double? floor, Func<byte[]> work) =>
            new(name, "us", Better.Lower, Spread.Of(Enumerable.Range(0, run.Options.Rounds).Select(_ => Least(work))))
            {
                FloorName = floor is null ? null : Floor,
                Floor = floor is { } microseconds ? Spread.Of([microseconds]) : null,
                Note = floor is null ? "there is no openssl program to compare with" : null,
            };
    }

    private static double Least(Func<byte[]> work)
    {
        var least = double.MaxValue;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(300))
        {
            var one = Stopwatch.GetTimestamp();
            work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(one).TotalMicroseconds);
        }

        return least;
    }

    /// <summary>Microseconds of a signature and of a key agreement; null where there is no such program.</summary>
    private static async Task<(double? Sign, double? Agree)> SpeedAsync(BenchRun run)
    {
        var start = new ProcessStartInfo("openssl", ["speed", "-seconds", "1", "rsa2048", "ecdhp256"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            run.Note("There is no openssl program; signatures have no floor.");
            return (null, null);
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(run.Cancellation);
            var text = await process.StandardOutput.ReadToEndAsync(run.Cancellation);
            await errors;
            await process.WaitForExitAsync(run.Cancellation);
            return (Microseconds(SignRate().Match(text)), Microseconds(AgreeRate().Match(text)));
        }
    }

    /// <summary>Of a rate a second, as the program prints it in its last column.</summary>
    private static double? Microseconds(Match match) =>
        match.Success && double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var rate ? 1e6 / rate : null;

    [GeneratedRegex(@"^rsa\s+2048 bits\s+\S+s\s+\S+s\s+([\d.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SignRate();

    [GeneratedRegex(@"^.*ecdh \(nistp256\)\s+\S+s\s+([\d.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex AgreeRate();
}
