using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Interactions;

/// <summary>
/// The value of a session cookie: 32 upper-case hex digits, as the genuine service has it (field). The last twelve are the
/// phone's MAC address, which finds the interaction without an index of cookies; the others, 80 bits, nobody can guess.
/// </summary>
internal static class SessionId
{
    private const int RandomBytes = 10;
    private const int Digits = 32;
    private const int MacDigits = 12;

    /// <param name="mac">MAC address in normal form.</param>
    public static string New(Vault vault, string mac)
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        vault.Random(random);
        return string.Concat(Convert.ToHexString(random), mac.Replace(":", "", StringComparison.Ordinal));
    }

    /// <summary>The MAC address of the phone that a value is for, in normal form; null for what is no such value.</summary>
    public static string? PhoneOf(string value) =>
        value.Length == Digits && MacAddress.TryNormalise(value[^MacDigits..], out var mac) ? mac : null;

    /// <summary>Compares two values in a time that tells nothing of where they differ.</summary>
    public static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
}
