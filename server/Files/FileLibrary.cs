using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Files;

/// <summary>The files that can be deployed, kept in the store in sealed chunks, so that all nodes have them and none holds one in memory.</summary>
public sealed class FileLibrary
{
    /// <summary>Bytes of each chunk but the last.</summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>Chunks removed in one transaction, which keeps the store for that long.</summary>
    private const int RemovedAtOnce = 16;

    /// <summary>An upload that brought no chunk for so long is given up: the slowest that is taken at all needs 73 min.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly FileChunks chunks;

    internal FileLibrary(Database database, TimeProvider time, long maxBytes)
    {
        this.database = database;
        this.time = time;
        MaxBytes = maxBytes;
        chunks = new FileChunks(database);
    }

    /// <summary>Most bytes a file.</summary>
    public long MaxBytes { get; }

    /// <summary>Takes a file in; one that breaks off leaves nothing.</summary>
    /// <param name="uploadedBy">Who uploads it, or empty.</param>
    /// <exception cref="RequestException">The facts are not allowed, or the content is empty or too large.</exception>
    public async Task<LibraryFile> AddAsync(FileFacts facts, string uploadedBy, Stream content, CancellationToken cancellation)
    {
        facts = FileFactsCheck.Checked(facts);
        RemoveLeftovers();
        var id = database.Write(session => session.BeginUpload(time.GetUtcNow()));
        try
        {
            var (size, hash) = await StoreAsync(id, content, cancellation);
            var file = new LibraryFile
            {
                Id = id,
                Name = facts.Name,
                Type = facts.Type,
                Size = size,
                Sha256 = hash,
                Uploaded = time.GetUtcNow(),
                UploadedBy = uploadedBy,
            }.With(facts);
            return database.Write(session =>
            {
                if (!session.EndUpload(id))
                    throw GivenUp(size);
                session.Save(file);
                return file;
            });
        }
        catch
        {
            GiveUp(id);
            throw;
        }
    }

    /// <summary>A file, or null when there is none of this number.</summary>
    public LibraryFile? Get(long id) => database.Read(session => session.File(id));

    /// <summary>Files, the newest first.</summary>
    public IReadOnlyList<LibraryFile> List(FileFilter filter) => database.Read(session => session.Files(filter));

    /// <summary>How many files there are of a kind, whatever the filter's page.</summary>
    public long Count(FileFilter filter) => database.Read(session => session.CountFiles(filter));

    /// <summary>Jobs that are not over and need a file, in order of creation.</summary>
    /// <param name="top">Most jobs.</param>
    public IReadOnlyList<Job> OpenJobs(long id, int top = 100) => database.Read(session => session.OpenJobsOf(id, top));

    /// <summary>Changes what is said of a file; its content stays.</summary>
    /// <exception cref="RequestException">There is no such file, or the facts are not allowed.</exception>
    public LibraryFile Change(long id, FileFacts facts)
    {
        facts = FileFactsCheck.Checked(facts);
        return database.Write(session =>
        {
            if (!session.Hold(id))
                throw NotFound(id);
            var file = session.File(id)!.With(facts);
            session.Save(file);
            return file;
        });
    }

    /// <summary>Deletes a file.</summary>
    /// <exception cref="RequestException">There is no such file, or a job that is not over needs it.</exception>
    public void Delete(long id)
    {
        database.Write(session =>
        {
            if (!session.Hold(id))
                throw NotFound(id);
            if (session.OpenJobsOf(id, 1) is [var job])
                throw RequestException.Conflict("id", Text(id), string.Create(CultureInfo.InvariantCulture, $"a file that no open job needs, and job {job.Id} does"));
            session.Remove(id);
            return true;
        });
        RemoveChunks(id);
    }

    /// <summary>Refuses a file that is not there.</summary>
    public static RequestException NotFound(long id) => RequestException.NotFound("id", Text(id), "the id of a file in /api/files");

    /// <summary>A chunk of a file.</summary>
    /// <returns>Its bytes, or null when the file is gone.</returns>
    internal Task<byte[]?> ChunkAsync(long id, int position, CancellationToken cancellation) => chunks.ReadAsync(id, position, cancellation);

    /// <summary>Removes what is left of uploads that were broken off by the end of a server.</summary>
    internal void RemoveLeftovers()
    {
        foreach (var id in database.Write(session => session.GiveUpOlderThan(time.GetUtcNow() - LongestPause)))
            RemoveChunks(id);
    }

    /// <summary>To be called before any upload: where no other node may be at one, each that is there was broken off.</summary>
    internal void Recover()
    {
        if (!database.IsShared)
            database.Write(session => session.GiveUpOlderThan(DateTimeOffset.MaxValue));
        RemoveLeftovers();
    }

    private async Task<(long Size, string Hash)> StoreAsync(long id, Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        long size = 0;
        for (var position = 0; ; position++)
        {
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (read == 0)
                break;
            size += read;
            if (size > MaxBytes)
                throw TooLarge(size);
            hash.AppendData(buffer, 0, read);
            var chunk = database.Vault.Seal(buffer.AsSpan(0, read), FileChunks.Purpose(id, position));
            if (!database.Write(session => session.SaveChunk(id, position, chunk, time.GetUtcNow())))
                throw GivenUp(size);
        }

        return size > 0
            ? (size, Convert.ToHexStringLower(hash.GetHashAndReset()))
            : throw new RequestException("body", "0 bytes", string.Create(CultureInfo.InvariantCulture, $"1 to {MaxBytes} bytes"));
    }

    /// <summary>Refuses content that is too large.</summary>
    /// <param name="size">Its bytes, as far as they are known.</param>
    internal RequestException TooLarge(long size) =>
        new("body", $"{Text(size)} bytes", string.Create(CultureInfo.InvariantCulture, $"1 to {MaxBytes} bytes")) { Status = 413 };

    private void GiveUp(long id)
    {
        try
        {
            database.Write(session =>
            {
                session.GiveUp(id);
                return true;
            });
            RemoveChunks(id);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or InvalidOperationException or DbException)
        {
            // The server ends, or the store is not to be reached; the next start or upload removes it.
        }
    }

    private void RemoveChunks(long id)
    {
        while (database.Write(session => session.RemoveChunks(id, RemovedAtOnce)))
        {
            // Messages of phones get their turn in between.
        }
    }

    private static RequestException GivenUp(long size) =>
        RequestException.Conflict("body", $"{Text(size)} bytes", $"an upload without a pause of {LongestPause.TotalHours} h");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
