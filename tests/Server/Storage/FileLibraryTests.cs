using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Deployment;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;
using OpenStage.Server.Tests.Files;

namespace OpenStage.Server.Tests.Storage;

/// <summary>How files are kept in the store, on SQLite and on PostgreSQL alike.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class FileLibraryTests(bool postgres)
{
    private const int Chunk = FileLibrary.ChunkBytes;
    private static readonly FileFacts Logo = new() { Name = "logo.png", Type = "LOGO" };

    private readonly ManualClock clock = new();
    private TemporaryFolder folder = null!;
    private string? connection;
    private Database database = null!;
    private FileLibrary library = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder();
        connection = postgres ? PostgresServer.NewDatabase() : null;
        database = Database.Open(folder.Path, connection);
        library = new FileLibrary(database, clock, 4 * Chunk);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [TestCase(1, 1)]
    [TestCase(Chunk - 1, 1)]
    [TestCase(Chunk, 1)]
    [TestCase(Chunk + 1, 2)]
    [TestCase(4 * Chunk, 4)]
    public async Task A_file_is_kept_in_chunks_of_one_megabyte(int size, int chunks)
    {
        var content = FileBytes.Of(size);
        var file = await AddAsync(new MemoryStream(content));
        Assert.That(file, Has.Property("Size").EqualTo(size).And.Property("Sha256").EqualTo(Convert.ToHexStringLower(SHA256.HashData(content))));
        Assert.That(Count("file_chunks"), Is.EqualTo(chunks));
        Assert.That(await ContentAsync(file), Is.EqualTo(content));
        Assert.That(library.Get(file.Id)!.Sha256, Is.EqualTo(file.Sha256));
        Assert.That(await library.ChunkAsync(file.Id, chunks, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_file_is_in_the_store_before_its_end_has_come()
    {
        var seen = new List<long>();
        await AddAsync(new Watched(FileBytes.Of(3 * Chunk), read => seen.Add(Count("file_chunks") - (read / Chunk))));
        Assert.That(seen, Has.Count.GreaterThan(2).And.All.GreaterThanOrEqualTo(-1), "at most the chunk that is being filled is in memory only");
    }

    [Test]
    public async Task No_content_can_be_read_in_the_database()
    {
        var text = string.Concat(Enumerable.Repeat("a secret phone book ", 100));
        await AddAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)));
        using var look = Connect();
        Assert.That(Encoding.Latin1.GetString(look.QuerySingle<byte[]>("SELECT content FROM file_chunks")), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var broken = new Watched(FileBytes.Of(3 * Chunk), read =>
        {
            if (read > 2 * Chunk)
                throw new IOException("The connection is gone.");
        });
        await Assert.ThatAsync(() => AddAsync(broken), Throws.TypeOf<IOException>());
        AssertNothingLeft();
        Assert.That(library.List(new FileFilter()), Is.Empty);
        Assert.That((await AddAsync(new MemoryStream([1]))).Size, Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing()
    {
        await Assert.ThatAsync(() => AddAsync(new MemoryStream(new byte[(4 * Chunk) + 1])), Throws.TypeOf<RequestException>()
            .With.Property("Status").EqualTo(413).And.Property("Field").EqualTo("body").And.Property("Allowed").EqualTo("1 to 4194304 bytes"));
        AssertNothingLeft();
    }

    [Test]
    public async Task An_empty_file_is_refused_and_leaves_nothing()
    {
        await Assert.ThatAsync(() => AddAsync(new MemoryStream()), Throws.TypeOf<RequestException>()
            .With.Property("Status").EqualTo(400).And.Property("Value").EqualTo("0 bytes"));
        AssertNothingLeft();
    }

    [Test]
    public void What_a_killed_server_left_of_an_upload_is_removed_at_the_next_start()
    {
        LeaveUpload();
        // Where other nodes may be at it, only time can tell.
        if (postgres)
            clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(1));
        library.Recover();
        AssertNothingLeft();
    }

    [Test]
    public void An_upload_of_another_node_is_given_up_only_after_two_hours_without_a_chunk()
    {
        var id = LeaveUpload();
        clock.Advance(TimeSpan.FromHours(2));
        library.RemoveLeftovers();
        Assert.That(database.Write(session => session.SaveChunk(id, 1, [1], clock.GetUtcNow())), Is.True, "it goes on");
        clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(1));
        library.RemoveLeftovers();
        AssertNothingLeft();
        Assert.That(database.Write(session => session.SaveChunk(id, 2, [1], clock.GetUtcNow())), Is.False);
        Assert.That(database.Write(session => session.EndUpload(id)), Is.False);
        AssertNothingLeft();
    }

    [TestCase(1)]
    [TestCase(Chunk + 1)]
    public async Task An_upload_that_was_given_up_meanwhile_is_refused_and_leaves_nothing(int when)
    {
        var upload = new Watched(FileBytes.Of(2 * Chunk), read =>
        {
            if (read >= when)
                Change("UPDATE file_uploads SET touched = 0");
        });
        await Assert.ThatAsync(() => AddAsync(upload), Throws.TypeOf<RequestException>().With.Property("Status").EqualTo(409));
        AssertNothingLeft();
        Assert.That(library.List(new FileFilter()), Is.Empty);
    }

    [Test]
    public async Task A_deleted_file_is_gone_with_all_its_chunks()
    {
        var kept = await AddAsync(new MemoryStream(FileBytes.Of(Chunk + 5)));
        var file = await AddAsync(new MemoryStream(FileBytes.Of(4 * Chunk)));
        library.Delete(file.Id);
        Assert.That(library.Get(file.Id), Is.Null);
        Assert.That(Count("file_chunks"), Is.EqualTo(2));
        Assert.That(Count("file_uploads"), Is.Zero);
        Assert.That((await ContentAsync(kept)).Length, Is.EqualTo(Chunk + 5));
        Assert.That(() => library.Delete(file.Id), Throws.TypeOf<RequestException>().With.Property("Status").EqualTo(404));
    }

    [Test]
    public async Task A_job_and_a_deletion_at_the_same_time_never_both_get_a_file()
    {
        var queue = new JobQueue(database, clock, TimeSpan.FromDays(1), 3, _ => { });
        for (var round = 0; round < 20; round++)
        {
            var file = await AddAsync(new MemoryStream([1]));
            var request = new JobRequest
            {
                Mac = PhoneTalk.Mac,
                Kind = JobKind.FileDeployment,
                Files = [new DeploymentFile { Name = file.Name, Type = file.Type, File = file.Id }],
            };
            var created = Task.Run(() => queue.CreateAsync(request));
            var deleted = Task.Run(() => library.Delete(file.Id));
            await Task.WhenAll(created, deleted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.That(created.IsCompletedSuccessfully, Is.Not.EqualTo(deleted.IsCompletedSuccessfully));
            Assert.That(library.Get(file.Id) is not null, Is.EqualTo(created.IsCompletedSuccessfully));
            Assert.That(created.Exception?.InnerException ?? deleted.Exception?.InnerException, Is.TypeOf<RequestException>());
        }
    }

    [Test]
    public async Task A_deletion_that_was_broken_off_is_brought_to_its_end()
    {
        var file = await AddAsync(new MemoryStream(FileBytes.Of(2 * Chunk)));
        database.Write(session =>
        {
            session.Remove(file.Id);
            return true;
        });
        Assert.That(Count("file_chunks"), Is.EqualTo(2));
        library.RemoveLeftovers();
        AssertNothingLeft();
    }

    [Test]
    public async Task A_chunk_that_was_moved_within_the_store_does_not_open()
    {
        var file = await AddAsync(new MemoryStream(FileBytes.Of(2 * Chunk)));
        Change("UPDATE file_chunks SET position = position + 7; UPDATE file_chunks SET position = 8 - position");
        await Assert.ThatAsync(() => library.ChunkAsync(file.Id, 0, CancellationToken.None), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task Readers_of_the_same_chunk_share_it()
    {
        var file = await AddAsync(new MemoryStream(FileBytes.Of(Chunk)));
        var first = await library.ChunkAsync(file.Id, 0, CancellationToken.None);
        Assert.That(await library.ChunkAsync(file.Id, 0, CancellationToken.None), Is.SameAs(first));
        GC.KeepAlive(first);
    }

    [Test]
    public async Task Facts_change_and_content_stays()
    {
        var content = FileBytes.Of(100);
        var file = await AddAsync(new MemoryStream(content));
        var facts = new FileFacts { Name = "OS40.img", Type = "app", Version = "3.5.12.0", DeviceTypes = [" OpenStage 40 "] };
        var changed = library.Change(file.Id, facts);
        Assert.That(changed, Has.Property("Name").EqualTo("OS40.img").And.Property("Type").EqualTo("APP").And.Property("Version").EqualTo("V3 R5.12.0")
            .And.Property("SoftwareType").EqualTo("Siemens SIP").And.Property("Sha256").EqualTo(file.Sha256).And.Property("UploadedBy").EqualTo("tester"));
        Assert.That(changed.DeviceTypes, Is.EqualTo(new[] { "OpenStage 40" }));
        Assert.That(library.Get(file.Id)!.Name, Is.EqualTo("OS40.img"));
        Assert.That(await ContentAsync(changed), Is.EqualTo(content));
        Assert.That(() => library.Change(99, facts), Throws.TypeOf<RequestException>().With.Property("Status").EqualTo(404));
    }

    private Task<LibraryFile> AddAsync(Stream content) => library.AddAsync(Logo, "tester", content, CancellationToken.None);

    private async Task<byte[]> ContentAsync(LibraryFile file)
    {
        var content = new List<byte>();
        for (var position = 0; await library.ChunkAsync(file.Id, position, CancellationToken.None) is { } chunk; position++)
            content.AddRange(chunk);
        return [.. content];
    }

    private long LeaveUpload() => database.Write(session =>
    {
        var id = session.BeginUpload(clock.GetUtcNow());
        session.SaveChunk(id, 0, [1, 2, 3], clock.GetUtcNow());
        return id;
    });

    private void AssertNothingLeft() => Assert.That(Count("file_chunks") + Count("file_uploads") + Count("files"), Is.Zero);

    private long Count(string table)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}");
    }

    private void Change(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    private DbConnection Connect() =>
        connection is null ? new SqliteConnection($"Data Source={Path.Combine(folder.Path, "server.db")};Pooling=False") : new NpgsqlConnection(connection);

    /// <summary>A stream that tells how much of it was read.</summary>
    private sealed class Watched(byte[] content, Action<long> onRead) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            onRead(Position);
            return read;
        }
    }
}
