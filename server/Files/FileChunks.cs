using System.Collections.Concurrent;
using System.Globalization;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Files;

/// <summary>
/// Reads chunks of files. Phones that fetch the same file at the same time share them, so that a thousand downloads of
/// one image cost its size in memory and not a thousand times that.
/// </summary>
internal sealed class FileChunks(Database database)
{
    /// <summary>The store is read in line; more at once would take threads that messages of phones need.</summary>
    private const int AtOnce = 4;

    private const int KeptEntries = 1024;

    private readonly TaskFactory turns = new(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, AtOnce).ConcurrentScheduler);
    private readonly ConcurrentDictionary<(long File, int Position), WeakReference<byte[]>> shared = new();

    /// <summary>What a chunk is sealed for: a chunk that was moved within the store does not open.</summary>
    public static string Purpose(long file, int position) => string.Create(CultureInfo.InvariantCulture, $"file_chunks:{file}:{position}");

    /// <returns>The bytes, or null when there is no such chunk.</returns>
    /// <exception cref="InvalidDataException">The store holds something else in its place.</exception>
    public Task<byte[]?> ReadAsync(long file, int position, CancellationToken cancellation) =>
        turns.StartNew(() => Read((file, position)), cancellation);

    private byte[]? Read((long File, int Position) key)
    {
        if (shared.TryGetValue(key, out var known) && known.TryGetTarget(out var chunk))
            return chunk;
        if (database.Read(session => session.Chunk(key.File, key.Position)) is not { } content)
            return null;
        chunk = database.Vault.Open(content, Purpose(key.File, key.Position));
        Keep(key, chunk);
        return chunk;
    }

    private void Keep((long File, int Position) key, byte[] chunk)
    {
        shared[key] = new WeakReference<byte[]>(chunk);
        if (shared.Count <= KeptEntries)
            return;
        foreach (var entry in shared)
        {
            if (!entry.Value.TryGetTarget(out _))
                shared.TryRemove(entry);
        }
    }
}
