namespace OpenStage.Server.Storage;

/// <summary>The tags of the latest messages of a phone that told nothing but what is known of it, one behind the other.</summary>
internal static class ToldItems
{
    private const int TagBytes = 16;

    /// <summary>A start-up, the reply with all items, local changes, and one more.</summary>
    private const int Kept = 4;

    /// <summary>The tag of a message; none for one that has no hash.</summary>
    /// <param name="hash">Hex digits, which tell nobody what was told.</param>
    /// <param name="all">True when it told all items: then it tells that others are gone, too.</param>
    public static byte[] Tag(string hash, bool all)
    {
        if (hash.Length == 0)
            return [];
        var tag = Convert.FromHexString(hash);
        tag[0] ^= all ? (byte)1 : (byte)0;
        return tag;
    }

    public static bool Has(ReadOnlySpan<byte> told, ReadOnlySpan<byte> tag)
    {
        for (; told.Length >= TagBytes; told = told[TagBytes..])
        {
            if (told[..TagBytes].SequenceEqual(tag))
                return true;
        }

        return false;
    }

    /// <summary>Puts a tag in front, or none; the oldest goes.</summary>
    public static byte[] With(ReadOnlySpan<byte> told, ReadOnlySpan<byte> tag) =>
        [.. tag, .. told[..Math.Min(told.Length, (Kept - 1) * TagBytes)]];
}
