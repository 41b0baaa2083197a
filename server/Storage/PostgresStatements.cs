using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace OpenStage.Server.Storage;

/// <summary>
/// The statements of one transaction. Each way to PostgreSQL and back costs both sides more than most statements do, so
/// those that return nothing wait, and go with the commit.
/// </summary>
internal sealed partial class PostgresStatements(NpgsqlConnection connection) : Statements
{
    /// <summary>The same statements with their values by place, as PostgreSQL has them.</summary>
    private static readonly ConcurrentDictionary<string, string> ByPlace = new();

    private readonly List<NpgsqlBatchCommand> waiting = [];

    public override void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => waiting.Add(Command(sql, values));

    public override byte[]? Bytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Flush();
        using var batch = Batch([Command(sql, values)]);
        using var reader = batch.ExecuteReader();
        return Body(reader);
    }

    public override List<byte[]> AllBytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Flush();
        using var batch = Batch([Command(sql, values)]);
        using var reader = batch.ExecuteReader();
        return Bodies(reader);
    }

    /// <remarks>
    /// One by one: of several together the provider sends all but the first from the thread pool, and a thread that waits
    /// for that while all others do the same waits for long.
    /// </remarks>
    public override void Flush()
    {
        foreach (var command in waiting)
        {
            using var batch = Batch([command]);
            batch.ExecuteNonQuery();
        }

        waiting.Clear();
    }

    /// <summary>Begins a transaction; a connection that goes back with one that was not committed undoes it.</summary>
    /// <param name="mac">MAC address in normal form of a phone that no other transaction may have meanwhile, or null.</param>
    public void Begin(string? mac)
    {
        Run("BEGIN");
        if (mac is not null)
            Run("SELECT pg_advisory_xact_lock(@key)", ("@key", long.Parse(mac.Replace(":", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// Begins a transaction with a phone, and reads what messages of it need. Each statement sees what was committed before
    /// it, so that those after the lock see all that was done under it.
    /// </summary>
    /// <inheritdoc cref="Begin"/>
    public async Task<StoredPhone> BeginAsync(string mac)
    {
        Begin(mac);
        foreach (var query in StoredPhone.Queries)
            Run(query, ("@mac", mac));
        await using var batch = Batch(waiting);
        waiting.Clear();
        await using var reader = await batch.ExecuteReaderAsync();
        // The lock returns a row with nothing in it.
        await reader.NextResultAsync();
        var interaction = Body(reader);
        await reader.NextResultAsync();
        var device = Body(reader);
        await reader.NextResultAsync();
        var openJobs = Bodies(reader);
        await reader.NextResultAsync();
        return new StoredPhone(interaction, device, openJobs, Body(reader));
    }

    /// <summary>All that was run is on disk when this is through.</summary>
    public void Commit()
    {
        Run("COMMIT");
        Flush();
    }

    /// <inheritdoc cref="Commit"/>
    public async Task CommitAsync()
    {
        Run("COMMIT");
        await using var batch = Batch(waiting);
        waiting.Clear();
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>What still waits is not run.</summary>
    public override void Dispose() => waiting.Clear();

    private NpgsqlBatch Batch(List<NpgsqlBatchCommand> commands)
    {
        var batch = connection.CreateBatch();
        commands.ForEach(batch.BatchCommands.Add);
        return batch;
    }

    private static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!ByPlace.TryGetValue(sql, out var placed))
            ByPlace.TryAdd(sql, placed = Placed(sql, values));
        var command = new NpgsqlBatchCommand(placed);
        foreach (var (_, value) in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private static byte[]? Body(NpgsqlDataReader reader) => reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<byte[]>(0) : null;

    private static List<byte[]> Bodies(NpgsqlDataReader reader)
    {
        var found = new List<byte[]>();
        while (reader.Read())
            found.Add(reader.GetFieldValue<byte[]>(0));
        return found;
    }

    private static string Placed(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var places = new Dictionary<string, int>();
        foreach (var (name, _) in values)
            places.Add(name, places.Count + 1);
        return Name().Replace(sql, found => string.Create(CultureInfo.InvariantCulture, $"${places[found.Value]}"));
    }

    [GeneratedRegex("@[A-Za-z]+")]
    private static partial Regex Name();
}
