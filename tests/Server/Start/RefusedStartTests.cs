using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Server.Storage;
using OpenStage.Server.Tests.Interactions;

namespace OpenStage.Server.Tests.Start;

/// <summary>The command, with data that it must not run on: exit code 2, one line that says why, and nothing changed.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RefusedStartTests
{
    [Test]
    public async Task A_store_of_a_later_version_ends_the_command_and_stays_as_it_is()
    {
        await using var server = new ServerProcess();
        Database.Open(server.Data).Dispose();
        var file = Path.Combine(server.Data, "server.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
            connection.Execute("INSERT INTO schema_version (version) VALUES (99)");
        await AssertRefusedAsync(server, file, $"{file} has schema version 99; this program knows versions up to");
    }

    [Test]
    public async Task A_broken_store_ends_the_command_and_stays_as_it_is()
    {
        await using var server = new ServerProcess();
        var file = Path.Combine(server.Data, "server.db");
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(5000));
        await AssertRefusedAsync(server, file, $"{file} cannot be used as the server's database");
    }

    [Test]
    public async Task A_broken_certificate_ends_the_command_and_stays_as_it_is()
    {
        await using var server = new ServerProcess();
        var file = Path.Combine(server.Data, "server.pfx");
        await File.WriteAllTextAsync(file, "no certificate");
        await AssertRefusedAsync(server, file, $"{file} holds no certificate with a key");
    }

    [Test]
    public async Task A_folder_for_transcripts_that_cannot_be_one_ends_the_command()
    {
        await using var server = new ServerProcess();
        var file = Path.Combine(server.Data, "a-file");
        await File.WriteAllTextAsync(file, "");
        await AssertRefusedAsync(server, file, $"TranscriptFolder '{file}': allowed is a folder that can be written", "--transcripts", file);
    }

    private static async Task AssertRefusedAsync(ServerProcess server, string file, string why, params string[] more)
    {
        var before = await File.ReadAllBytesAsync(file);
        var (exitCode, error) = await server.RunAsync(more);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.StartWith($"error: {why}"));
        Assert.That(error.TrimEnd(), Does.Not.Contain("\n"), "no stack trace");
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(before));
    }
}
