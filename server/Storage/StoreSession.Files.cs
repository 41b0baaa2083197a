using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <remarks>
/// A file is its chunks and its record, and exists once the record does. Chunks that have no record yet, or none any more,
/// are those of a row in file_uploads; where that says 0 nobody works at them.
/// </remarks>
internal sealed partial class StoreSession
{
    public LibraryFile? File(long id) => One<LibraryFile>("files", "SELECT body FROM files WHERE id = @id", new { id });

    /// <summary>Files, the newest first.</summary>
    public IReadOnlyList<LibraryFile> Files(FileFilter filter) => Many<LibraryFile>(
        "files", $"SELECT body FROM files {Where(filter)} ORDER BY id DESC LIMIT @Top OFFSET @Skip", Parameters(filter));

    public long CountFiles(FileFilter filter) => Scalar<long>($"SELECT count(*) FROM files {Where(filter)}", Parameters(filter));

    /// <summary>Holds a file until the transaction ends: nobody deletes it, and no job begins to need it.</summary>
    /// <returns>False when there is no such file.</returns>
    public bool Hold(long id) => Execute("UPDATE files SET id = id WHERE id = @id", new { id }) == 1;

    public void Save(LibraryFile file)
    {
        Execute(
            """
            INSERT INTO files (id, type, search, body) VALUES (@Id, @Type, @search, @body)
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, search = excluded.search, body = excluded.body
            """,
            new
            {
                file.Id,
                file.Type,
                search = $"{file.Name} {file.Type} {file.Version} {file.SoftwareType} {string.Join(' ', file.DeviceTypes)}".ToLowerInvariant(),
                body = Sealed("files", file),
            });
        Tell($"file:{file.Id}");
    }

    /// <summary>Takes a file out of the library; its chunks are left to <see cref="RemoveChunks"/>.</summary>
    public void Remove(long file)
    {
        Execute("DELETE FROM files WHERE id = @file", new { file });
        Execute("DELETE FROM job_files WHERE file = @file", new { file });
        Execute("INSERT INTO file_uploads (file, touched) VALUES (@file, 0)", new { file });
        Tell($"file:{file}");
    }

    /// <summary>The number of a new file, whose chunks come next.</summary>
    public long BeginUpload(DateTimeOffset now)
    {
        var file = NextId("files");
        Execute("INSERT INTO file_uploads (file, touched) VALUES (@file, @now)", new { file, now = now.ToUnixTimeMilliseconds() });
        return file;
    }

    /// <returns>False when the upload was given up.</returns>
    public bool SaveChunk(long file, int position, byte[] content, DateTimeOffset now)
    {
        if (Execute("UPDATE file_uploads SET touched = @now WHERE file = @file AND touched > 0", new { file, now = now.ToUnixTimeMilliseconds() }) == 0)
            return false;
        Execute("INSERT INTO file_chunks (file, position, content) VALUES (@file, @position, @content)", new { file, position, content });
        return true;
    }

    /// <returns>False when the upload was given up.</returns>
    public bool EndUpload(long file) => Execute("DELETE FROM file_uploads WHERE file = @file AND touched > 0", new { file }) == 1;

    /// <summary>Gives up an upload; its chunks are left to <see cref="RemoveChunks"/>.</summary>
    public void GiveUp(long file) => Execute("UPDATE file_uploads SET touched = 0 WHERE file = @file", new { file });

    /// <summary>Gives up uploads that nobody has touched for long.</summary>
    /// <returns>All that are given up.</returns>
    public IReadOnlyList<long> GiveUpOlderThan(DateTimeOffset limit)
    {
        Execute("UPDATE file_uploads SET touched = 0 WHERE touched < @limit", new { limit = limit.ToUnixTimeMilliseconds() });
        return Column<long>("SELECT file FROM file_uploads WHERE touched = 0 ORDER BY file");
    }

    /// <summary>Removes some chunks of what is given up.</summary>
    /// <returns>False when there are none left.</returns>
    public bool RemoveChunks(long file, int most)
    {
        var removed = Execute(
            "DELETE FROM file_chunks WHERE file = @file AND position IN (SELECT position FROM file_chunks WHERE file = @file ORDER BY position LIMIT @most)",
            new { file, most });
        if (removed == most)
            return true;
        Execute("DELETE FROM file_uploads WHERE file = @file AND touched = 0", new { file });
        return false;
    }

    /// <summary>The bytes of a chunk, sealed; null when there is none.</summary>
    public byte[]? Chunk(long file, int position) =>
        Column<byte[]>("SELECT content FROM file_chunks WHERE file = @file AND position = @position", new { file, position }) is [var content] ? content : null;

    /// <summary>Keeps which files a job needs.</summary>
    public void SaveFiles(Job job)
    {
        foreach (var file in job.Files.Select(file => file.File).OfType<long>().Distinct())
            Execute("INSERT INTO job_files (file, job) VALUES (@file, @Id)", new { file, job.Id });
    }

    /// <summary>Jobs that are not over and need a file.</summary>
    public IReadOnlyList<Job> OpenJobsOf(long file, int top) => Many<Job>(
        "jobs",
        "SELECT jobs.body FROM job_files JOIN jobs ON jobs.id = job_files.job WHERE job_files.file = @file AND jobs.is_final = 0 ORDER BY jobs.id LIMIT @top",
        new { file, top });

    private static string Where(FileFilter filter)
    {
        List<string> tests = [];
        if (filter.Search is not null)
            tests.Add("search LIKE @search ESCAPE '\\'");
        if (filter.Type is not null)
            tests.Add("type = @Type");
        return tests.Count == 0 ? "" : $"WHERE {string.Join(" AND ", tests)}";
    }

    private static object Parameters(FileFilter filter) =>
        new { search = $"%{Like(filter.Search?.ToLowerInvariant())}%", filter.Type, filter.Top, filter.Skip };
}
