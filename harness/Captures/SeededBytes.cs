using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpenStage.Harness.Captures;

/// <summary>Bytes that look random and are the same for the same seed; for captures, where they protect nothing.</summary>
internal sealed class SeededBytes(string seed)
{
    private readonly byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
    private ulong counter;

    public byte[] Next(int count)
    {
        var bytes = new MemoryStream();
        var block = new byte[8];
        while (bytes.Length < count)
        {
            BinaryPrimitives.WriteUInt64BigEndian(block, counter++);
            bytes.Write(HMACSHA256.HashData(key, block));
        }

        return bytes.ToArray()[..count];
    }

    /// <summary>Bytes of which none is zero.</summary>
    public byte[] NextNonZero(int count) => [.. Next(count).Select(one => one == 0 ? (byte)1 : one)];
}
