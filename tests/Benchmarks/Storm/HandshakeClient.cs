using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OpenStage.Simulator.Wire;

namespace OpenStage.Benchmarks.Storm;

/// <summary>The floor of a storm: as many whole handshakes as there are phones, each on a connection that is closed after it.</summary>
internal static class HandshakeClient
{
    /// <summary>Hidden verb of this program.</summary>
    public const string Verb = "handshakes";

    public static Command Command()
    {
        var url = new Argument<Uri>("url") { CustomParser = given => new Uri(given.Tokens[0].Value) };
        var count = new Argument<int>("count");
        var atOnce = new Argument<int>("at-once");
        var verb = new Command(Verb, "The floor of a storm, in a process of its own") { url, count, atOnce };
        verb.Hidden = true;
        verb.SetAction(async (parsed, cancellation) =>
        {
            var result = await RunAsync(parsed.GetValue(url)!, parsed.GetValue(count), parsed.GetValue(atOnce), cancellation);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result));
            return 0;
        });
        return verb;
    }

    /// <summary>Shakes hands so many times, and as many times again.</summary>
    /// <exception cref="IOException">The server broke one off.</exception>
    public static async Task<HandshakeResult> RunAsync(Uri url, int count, int atOnce, CancellationToken cancellation)
    {
        var server = new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
        // As the phones shake hands, so that nothing but the rest of their work is between the two.
        var options = PhoneTrust.Nobody.OptionsFor(url);
        var begun = 0;
        var first = await WaveAsync();
        var again = await WaveAsync();
        return new HandshakeResult(first, again, Environment.CpuUsage.TotalTime, await LookAsync(server, options, cancellation));

        async Task<Wave> WaveAsync()
        {
            begun = 0;
            var at = TimeProvider.System.GetUtcNow();
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(WorkAsync, cancellation)));
            return new Wave(at, Stopwatch.GetElapsedTime(start));
        }

        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref begun) <= count)
            {
                using var socket = await ConnectAsync(server, cancellation);
                await using var tls = new SslStream(new NetworkStream(socket));
                await tls.AuthenticateAsClientAsync(options, cancellation);
            }
        }
    }

    /// <summary>What kind of handshake a server makes, found by two of them: only a second one could be cut short.</summary>
    public static async Task<HandshakeKind> LookAsync(Uri url, CancellationToken cancellation)
    {
        var server = new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
        var options = PhoneTrust.Nobody.OptionsFor(url);
        await LookAsync(server, options, cancellation);
        return await LookAsync(server, options, cancellation);
    }

    private static async Task<HandshakeKind> LookAsync(IPEndPoint server, SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(server, cancellation);
        var counted = new CountedStream(socket);
        await using var tls = new SslStream(counted);
        await tls.AuthenticateAsClientAsync(options, cancellation);
        var certificate = (X509Certificate2)tls.RemoteCertificate!;
        using var key = certificate.GetRSAPublicKey();
        return new HandshakeKind(
            tls.SslProtocol.ToString(), tls.NegotiatedCipherSuite.ToString(), key is null ? certificate.GetKeyAlgorithm() : FormattableString.Invariant($"RSA {key.KeySize}"),
            counted.Received > certificate.RawDataMemory.Length);
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint server, CancellationToken cancellation)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
