using System.Data.Common;
using System.Text;
using Dapper;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <summary>The steps that bring a database from nothing to the present form, in order; a step is never changed.</summary>
/// <remarks>SQL that SQLite and PostgreSQL both take, but for <c>{blob}</c>, the type of a column of bytes.</remarks>
internal static class Migrations
{
    public static IReadOnlyList<Migration> Steps { get; } =
    [
        new("""
            CREATE TABLE devices (mac VARCHAR(17) NOT NULL PRIMARY KEY, body TEXT NOT NULL);
            CREATE TABLE device_items (
                mac VARCHAR(17) NOT NULL, item_key VARCHAR(300) NOT NULL, name VARCHAR(255) NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (mac, item_key));
            CREATE TABLE jobs (
                id BIGINT NOT NULL PRIMARY KEY, mac VARCHAR(17) NOT NULL, state VARCHAR(32) NOT NULL,
                is_final INTEGER NOT NULL, body TEXT NOT NULL);
            CREATE INDEX jobs_open ON jobs (mac, is_final);
            CREATE TABLE interactions (
                mac VARCHAR(17) NOT NULL PRIMARY KEY, cookie VARCHAR(32) NOT NULL UNIQUE, ended INTEGER NOT NULL, body TEXT NOT NULL);
            """),
        new("""
            ALTER TABLE devices RENAME TO clear_devices;
            ALTER TABLE device_items RENAME TO clear_device_items;
            ALTER TABLE jobs RENAME TO clear_jobs;
            DROP INDEX jobs_open;
            DROP TABLE interactions;
            CREATE TABLE facts (name VARCHAR(64) NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            CREATE TABLE sequences (name VARCHAR(64) NOT NULL PRIMARY KEY, last BIGINT NOT NULL);
            CREATE TABLE sealed_devices (
                mac VARCHAR(17) NOT NULL PRIMARY KEY, model VARCHAR(255) NOT NULL, firmware VARCHAR(255) NOT NULL,
                firmware_order BIGINT NOT NULL, location VARCHAR(255) NOT NULL, last_seen BIGINT NOT NULL,
                contact_failures INTEGER NOT NULL, search TEXT NOT NULL, body {blob} NOT NULL);
            ALTER TABLE sealed_devices RENAME TO devices;
            CREATE TABLE sealed_device_items (mac VARCHAR(17) NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            ALTER TABLE sealed_device_items RENAME TO device_items;
            CREATE TABLE item_changes (id BIGINT NOT NULL PRIMARY KEY, mac VARCHAR(17) NOT NULL, body {blob} NOT NULL);
            CREATE INDEX item_changes_of_phone ON item_changes (mac, id);
            CREATE TABLE sealed_jobs (
                id BIGINT NOT NULL PRIMARY KEY, mac VARCHAR(17) NOT NULL, kind VARCHAR(32) NOT NULL, state VARCHAR(32) NOT NULL,
                is_final INTEGER NOT NULL, campaign BIGINT, body {blob} NOT NULL);
            ALTER TABLE sealed_jobs RENAME TO jobs;
            CREATE INDEX jobs_open ON jobs (mac, is_final);
            CREATE INDEX jobs_of_campaign ON jobs (campaign, state);
            CREATE TABLE interactions (
                mac VARCHAR(17) NOT NULL PRIMARY KEY, cookie VARCHAR(32) NOT NULL UNIQUE, ended INTEGER NOT NULL, body {blob} NOT NULL);
            """, SealAll),
        new("CREATE TABLE mobile_users (number VARCHAR(64) NOT NULL PRIMARY KEY, body {blob} NOT NULL);"),
        new("CREATE TABLE nodes (name VARCHAR(32) NOT NULL PRIMARY KEY, seen BIGINT NOT NULL);"),
    ];

    /// <summary>Records were readable before; an interaction that was open then is begun anew by its phone.</summary>
    private static void SealAll(DbConnection connection, DbTransaction transaction, Vault vault)
    {
        var session = new StoreSession(connection, transaction, vault, SqlDialect.Sqlite);
        foreach (var body in connection.Query<string>("SELECT body FROM clear_devices", transaction: transaction).ToList())
            session.Save(Read<Device>(body));
        var items = connection.Query<(string Mac, string Body)>("SELECT mac, body FROM clear_device_items", transaction: transaction).ToList();
        foreach (var phone in items.GroupBy(item => item.Mac))
            session.Save(phone.Key, [.. phone.Select(row => Read<DeviceItem>(row.Body))]);

        foreach (var body in connection.Query<string>("SELECT body FROM clear_jobs ORDER BY id", transaction: transaction).ToList())
        {
            var job = Read<Job>(body);
            session.Save(job.State == JobState.Running ? job with { State = JobState.Pending } : job);
        }

        connection.Execute(
            """
            INSERT INTO sequences (name, last) SELECT 'jobs', coalesce(max(id), 0) FROM clear_jobs;
            DROP TABLE clear_devices;
            DROP TABLE clear_device_items;
            DROP TABLE clear_jobs;
            """, transaction: transaction);
    }

    private static T Read<T>(string json) => StoredJson.Read<T>(Encoding.UTF8.GetBytes(json));
}
