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
        new("""
            CREATE TABLE accounts (name VARCHAR(64) NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            CREATE TABLE grants (
                token_hash VARCHAR(64) NOT NULL PRIMARY KEY, id BIGINT NOT NULL UNIQUE, kind VARCHAR(16) NOT NULL, account VARCHAR(64) NOT NULL,
                family VARCHAR(32) NOT NULL, used INTEGER NOT NULL, expires BIGINT NOT NULL, body {blob} NOT NULL);
            CREATE INDEX grants_of_account ON grants (account);
            CREATE INDEX grants_of_family ON grants (family);
            CREATE INDEX grants_by_end ON grants (expires);
            CREATE TABLE login_failures (
                subject VARCHAR(100) NOT NULL PRIMARY KEY, failures BIGINT NOT NULL, blocked_until BIGINT NOT NULL, last_try BIGINT NOT NULL);
            CREATE TABLE audit (
                id BIGINT NOT NULL PRIMARY KEY, at_time BIGINT NOT NULL, account VARCHAR(64) NOT NULL, resource VARCHAR(300) NOT NULL, body {blob} NOT NULL);
            CREATE INDEX audit_by_time ON audit (at_time);
            """),
        new("""
            CREATE TABLE files (id BIGINT NOT NULL PRIMARY KEY, type VARCHAR(32) NOT NULL, search TEXT NOT NULL, body {blob} NOT NULL);
            CREATE TABLE file_chunks (file BIGINT NOT NULL, position INTEGER NOT NULL, content {blob} NOT NULL, PRIMARY KEY (file, position));
            CREATE TABLE file_uploads (file BIGINT NOT NULL PRIMARY KEY, touched BIGINT NOT NULL);
            CREATE TABLE job_files (file BIGINT NOT NULL, job BIGINT NOT NULL, PRIMARY KEY (file, job));
            """),
        new("""
            CREATE TABLE authorities (id BIGINT NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            CREATE TABLE client_certificates (
                thumbprint VARCHAR(64) NOT NULL PRIMARY KEY, mac VARCHAR(17) NOT NULL, serial VARCHAR(64) NOT NULL UNIQUE,
                authority BIGINT NOT NULL, issued BIGINT NOT NULL, not_after BIGINT NOT NULL, revoked INTEGER NOT NULL, body {blob} NOT NULL);
            CREATE INDEX client_certificates_of_phone ON client_certificates (mac);
            CREATE TABLE port_certificates (names TEXT NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            """),
        new("""
            CREATE TABLE campaigns (
                id BIGINT NOT NULL PRIMARY KEY, state VARCHAR(32) NOT NULL, under_way INTEGER NOT NULL, body {blob} NOT NULL);
            CREATE TABLE campaign_phones (
                campaign BIGINT NOT NULL, mac VARCHAR(17) NOT NULL, position BIGINT NOT NULL, state VARCHAR(16) NOT NULL,
                job BIGINT, body {blob}, PRIMARY KEY (campaign, mac));
            CREATE INDEX campaign_phones_by_state ON campaign_phones (campaign, state, position);
            CREATE TABLE item_templates (id BIGINT NOT NULL PRIMARY KEY, name_key VARCHAR(200) NOT NULL UNIQUE, body {blob} NOT NULL);
            CREATE TABLE phone_users (
                id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(64) NOT NULL UNIQUE, extension VARCHAR(64) NOT NULL UNIQUE,
                search TEXT NOT NULL, body {blob} NOT NULL);
            CREATE TABLE user_phones (
                id VARCHAR(32) NOT NULL PRIMARY KEY, mac VARCHAR(17) NOT NULL UNIQUE, user_id VARCHAR(32) NOT NULL,
                filename VARCHAR(100) NOT NULL, body {blob} NOT NULL);
            CREATE INDEX phones_of_user ON user_phones (user_id);
            CREATE INDEX phones_of_template ON user_phones (filename);
            CREATE TABLE phone_templates (filename VARCHAR(100) NOT NULL PRIMARY KEY, body {blob} NOT NULL);
            CREATE TABLE redirects (mac VARCHAR(17) NOT NULL PRIMARY KEY, due BIGINT, body {blob} NOT NULL);
            CREATE INDEX redirects_due ON redirects (due);
            """),
        new("""
            CREATE TABLE changes_by_phone (mac VARCHAR(17) NOT NULL, id BIGINT NOT NULL, body {blob} NOT NULL, PRIMARY KEY (mac, id));
            INSERT INTO changes_by_phone (mac, id, body) SELECT mac, id, body FROM item_changes;
            DROP TABLE item_changes;
            ALTER TABLE changes_by_phone RENAME TO item_changes;
            DELETE FROM sequences WHERE name = 'item_changes';
            """),
        new("ALTER TABLE device_items ADD COLUMN told {blob};"),
        new("""
            CREATE TABLE interactions_by_phone (
                mac VARCHAR(17) NOT NULL PRIMARY KEY, ended INTEGER NOT NULL, seen BIGINT NOT NULL, body {blob} NOT NULL);
            INSERT INTO interactions_by_phone (mac, ended, seen, body) SELECT mac, ended, 0, body FROM interactions;
            DROP TABLE interactions;
            ALTER TABLE interactions_by_phone RENAME TO interactions;
            """),
    ];

    /// <summary>Records were readable before; an interaction that was open then is begun anew by its phone.</summary>
    private static void SealAll(DbConnection connection, DbTransaction transaction, Vault vault)
    {
        using var statements = Statements.Of(connection);
        var session = new StoreSession(connection, statements, vault, SqlDialect.Sqlite);
        foreach (var body in connection.Query<string>("SELECT body FROM clear_devices", transaction: transaction).ToList())
            session.Save(Read<Device>(body));
        var items = connection.Query<(string Mac, string Body)>("SELECT mac, body FROM clear_device_items", transaction: transaction).ToList();
        foreach (var phone in items.GroupBy(item => item.Mac))
        {
            var known = new KnownItems([.. phone.Select(row => Read<DeviceItem>(row.Body))], AreAll: false);
            connection.Execute("INSERT INTO device_items (mac, body) VALUES (@mac, @body)",
                new { mac = phone.Key, body = vault.Seal(StoredItems.Write(known), "device_items") }, transaction);
        }

        foreach (var body in connection.Query<string>("SELECT body FROM clear_jobs ORDER BY id", transaction: transaction).ToList())
        {
            var job = Read<Job>(body);
            session.Save(job.State == JobState.Running ? job with { State = JobState.Pending } : job);
        }

        statements.Flush();
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
