using System.Data.Common;
using Dapper;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <summary>What can be read and written inside one transaction.</summary>
internal sealed class StoreSession(DbConnection connection, DbTransaction? transaction)
{
    public Device? Device(string mac) => One<Device>("SELECT body FROM devices WHERE mac = @mac", new { mac });

    public IReadOnlyList<Device> Devices() => Many<Device>("SELECT body FROM devices ORDER BY mac");

    public void Save(Device device) => Execute(
        "INSERT INTO devices (mac, body) VALUES (@Mac, @body) ON CONFLICT (mac) DO UPDATE SET body = excluded.body",
        new { device.Mac, body = StoredJson.Write(device) });

    public IReadOnlyList<DeviceItem> Items(string mac) =>
        Many<DeviceItem>("SELECT body FROM device_items WHERE mac = @mac ORDER BY item_key", new { mac });

    /// <summary>Keeps what a phone told about its items.</summary>
    /// <param name="all">True when these are all it has; certificates are never among them (WPI guide p.30).</param>
    public void Learn(string mac, IReadOnlyList<Item> items, bool all, DateTimeOffset at)
    {
        if (all)
            Execute("DELETE FROM device_items WHERE mac = @mac AND name NOT LIKE '%certificate%'", new { mac });
        var rows = items.Where(item => item.Name.Length > 0).Select(item => new
        {
            mac,
            key = item.Key.ToString(),
            item.Name,
            body = StoredJson.Write(new DeviceItem(item.Name, item.Index, item.Value,
                item.Status == ItemStatus.None ? "" : item.StatusText ?? Wording.Of(item.Status), at)),
        });
        Execute(
            "INSERT INTO device_items (mac, item_key, name, body) VALUES (@mac, @key, @Name, @body) "
            + "ON CONFLICT (mac, item_key) DO UPDATE SET body = excluded.body", rows);
    }

    public long NextJobId() =>
        connection.ExecuteScalar<long>("SELECT coalesce(max(id), 0) + 1 FROM jobs", transaction: transaction);

    public Job? Job(long id) => One<Job>("SELECT body FROM jobs WHERE id = @id", new { id });

    public IReadOnlyList<Job> OpenJobs(string mac) =>
        Many<Job>("SELECT body FROM jobs WHERE mac = @mac AND is_final = 0 ORDER BY id", new { mac });

    public IReadOnlyList<Job> Jobs(string? mac, JobState? state) => Many<Job>(
        "SELECT body FROM jobs WHERE (@mac IS NULL OR mac = @mac) AND (@state IS NULL OR state = @state) ORDER BY id",
        new { mac, state = state?.ToString() });

    public void Save(Job job) => Execute(
        "INSERT INTO jobs (id, mac, state, is_final, body) VALUES (@Id, @Mac, @state, @final, @body) "
        + "ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_final = excluded.is_final, body = excluded.body",
        new { job.Id, job.Mac, state = job.State.ToString(), final = job.State.IsFinal() ? 1 : 0, body = StoredJson.Write(job) });

    public InteractionState? InteractionByCookie(string cookie) =>
        One<InteractionState>("SELECT body FROM interactions WHERE cookie = @cookie", new { cookie });

    /// <summary>The phone's last interaction, open or ended; the ended one is kept for a repeated POST.</summary>
    public InteractionState? InteractionOf(string mac) =>
        One<InteractionState>("SELECT body FROM interactions WHERE mac = @mac", new { mac });

    public void Save(InteractionState interaction) => Execute(
        "INSERT INTO interactions (mac, cookie, ended, body) VALUES (@Mac, @Cookie, @ended, @body) "
        + "ON CONFLICT (mac) DO UPDATE SET cookie = excluded.cookie, ended = excluded.ended, body = excluded.body",
        new { interaction.Mac, interaction.Cookie, ended = interaction.Ended ? 1 : 0, body = StoredJson.Write(interaction) });

    /// <summary>Phones for which something is under way.</summary>
    public IReadOnlyList<string> MacsWithWork() =>
    [
        .. connection.Query<string>(
            "SELECT mac FROM jobs WHERE is_final = 0 UNION SELECT mac FROM interactions WHERE ended = 0", transaction: transaction),
    ];

    private T? One<T>(string sql, object parameters) where T : class =>
        connection.QueryFirstOrDefault<string>(sql, parameters, transaction) is { } body ? StoredJson.Read<T>(body) : null;

    private IReadOnlyList<T> Many<T>(string sql, object? parameters = null) where T : class =>
        [.. connection.Query<string>(sql, parameters, transaction).Select(StoredJson.Read<T>)];

    private void Execute(string sql, object parameters) => connection.Execute(sql, parameters, transaction);
}
