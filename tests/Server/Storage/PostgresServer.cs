using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using NUnit.Framework;

namespace OpenStage.Server.Tests;

/// <summary>
/// A PostgreSQL of the tests' own in a temporary folder, started when the first test asks for it. Where PostgreSQL is not
/// installed those tests are skipped, but not in CI.
/// </summary>
[SetUpFixture]
public sealed class PostgresServer
{
    private static readonly Lock Gate = new();
    private static TemporaryFolder? folder;
    private static Process? process;
    private static int port;
    private static int databases;

    /// <summary>A connection string of a new, empty database.</summary>
    public static string NewDatabase()
    {
        lock (Gate)
        {
            if (process is null)
                Start();
            var name = string.Create(CultureInfo.InvariantCulture, $"test{++databases}");
            using var connection = new NpgsqlConnection(Connection("postgres"));
            connection.Open();
            using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            command.ExecuteNonQuery();
            return Connection(name);
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        if (process is not null)
        {
            NpgsqlConnection.ClearAllPools();
            // PostgreSQL's word for stop at once; it takes its children with it.
            Run("pg_ctl", "stop", "-D", Data, "-m", "immediate");
            process.WaitForExit();
            process.Dispose();
        }

        folder?.Dispose();
    }

    private static string Data => Path.Combine(folder!.Path, "data");

    private static string Connection(string database) => string.Create(CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Username=tester;Database={database};Maximum Pool Size=30;Include Error Detail=true");

    private static void Start()
    {
        if (Find("initdb") is null)
        {
            const string Reason = "PostgreSQL is not installed (package postgresql).";
            if (Environment.GetEnvironmentVariable("HARNESS_REQUIRE_ALL") == "1")
                Assert.Fail(Reason);
            Assert.Ignore(Reason);
        }

        folder = new TemporaryFolder();
        // PostgreSQL refuses to run for root; Debian's package brings a user for it.
        if (IsRoot)
            Wait(Process.Start("chown", ["postgres", folder.Path]));
        Run("initdb", "-D", Data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        port = FreePort();
        process = Process.Start(Command("postgres", "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder.Path,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300"))!;
        var error = process.StandardError;
        while (error.ReadLine() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
                break;
        }

        _ = error.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
    }

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    private static void Run(string tool, params string[] arguments)
    {
        using var run = Process.Start(Command(tool, arguments))!;
        var said = run.StandardError.ReadToEndAsync();
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{tool}: {said.Result}");
    }

    private static ProcessStartInfo Command(string tool, params string[] arguments)
    {
        string[] line = [.. IsRoot ? ["runuser", "-u", "postgres", "--"] : Array.Empty<string>(), Find(tool) ?? tool, .. arguments];
        var start = new ProcessStartInfo(line[0]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder!.Path };
        foreach (var argument in line.Skip(1))
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Debian keeps the server's programs in a folder of their own, the latest version last.</summary>
    private static string? Find(string tool)
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : []);
        return folders.Select(place => Path.Combine(place, OperatingSystem.IsWindows() ? tool + ".exe" : tool)).FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Wait(Process started)
    {
        using (started)
            started.WaitForExit();
    }
}
