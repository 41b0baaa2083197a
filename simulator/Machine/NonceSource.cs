using System.Buffers.Binary;

namespace OpenStage.Simulator.Machine;

/// <summary>Nonces of 32 upper-case hex digits, the same ones for the same seed and phone.</summary>
internal sealed class NonceSource(ulong seed)
{
    private ulong state = seed;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mix());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix());
        return Convert.ToHexString(bytes);
    }

    /// <summary>SplitMix64: eight bytes of state a phone, good enough to tell messages apart.</summary>
    private ulong Mix()
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
