using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace OpenStage.Simulator.Wire;

/// <summary>The kinds of what goes wrong on the wire, in words that are the same on all systems.</summary>
internal static class WireError
{
    /// <summary>The service said CleanUp with overload: not a fault, but the phone has to come again.</summary>
    public const string Overload = "overload";

    /// <param name="isConnected">True when the TLS handshake had ended.</param>
    public static string Of(Exception broken, bool isConnected) => broken switch
    {
        OperationCanceledException => isConnected ? "no answer in time" : "no connection in time",
        AuthenticationException or CryptographicException => "handshake failed",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } => "too many open files",
        SocketException socket => $"no connection: {socket.SocketErrorCode}",
        ArgumentException => "an address that cannot be looked up",
        _ => isConnected ? "connection lost" : "connection lost in the handshake",
    };
}
