namespace OpenStage.Server.Storage;

/// <summary>The steps that bring a database from nothing to the present form, in order; a step is never changed.</summary>
/// <remarks>
/// Plain SQL that PostgreSQL takes as well. Records are stored as JSON documents beside the columns they are found by.
/// </remarks>
internal static class Migrations
{
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
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
        """,
    ];
}
