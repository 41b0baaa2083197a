namespace OpenStage.Server.Storage;

/// <summary>The tags of the latest messages of a phone that told nothing but what is known of it, one behind the other.</summary>
internal static class ToldItems
{
    private const int TagBytes = 16;

    /// <summary>A start-up, the reply with all items, local changes, and one more.</summary>
    private const int Kept = 4;

    public static bool Has(ReadOnlySpan<byte> told, ReadOnlySpan<byte> tag)
    {
        for (; told.Length >= TagBytes; told = told[TagBytes..])
        {
            if (told[..TagBytes].SequenceEqual(tag))
                return true;
        }

        return false;
    }

    /// <summary>Puts a tag in front; the oldest goes.</summary>
    public static byte[] With(ReadOnlySpan<byte> told, ReadOnlySpan<byte> tag) =>
        [.. tag, .. told[..Math.Min(told.Length, (Kept - 1) * TagBytes)]];
}
