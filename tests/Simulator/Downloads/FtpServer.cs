using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace OpenStage.Simulator.Tests.Downloads;

/// <summary>A real FTP server, vsftpd, for one folder, anonymous and on loopback.</summary>
internal sealed class FtpServer : IDisposable
{
    private static readonly string[] Places = ["/usr/sbin/vsftpd", "/usr/local/sbin/vsftpd"];

    private readonly string folder;
    private readonly Process process;

    private FtpServer(string folder, int port, Process process)
    {
        this.folder = folder;
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it, or ends the test with the reason why there is none.</summary>
    /// <param name="bytesASecond">Greatest rate, 0 for any.</param>
    public static async Task<FtpServer> StartAsync(IReadOnlyDictionary<string, byte[]> files, int bytesASecond = 0)
    {
        if (Places.FirstOrDefault(File.Exists) is not { } executable)
        {
            const string reason = "vsftpd was not found on this machine.";
            if (Environment.GetEnvironmentVariable("HARNESS_REQUIRE_ALL") == "1")
                Assert.Fail(reason);
            Assert.Ignore(reason);
            throw new InvalidOperationException(reason);
        }

        var folder = Directory.CreateTempSubdirectory("ftp").FullName;
        var port = FreePort();
        await PrepareAsync(folder, port, files, bytesASecond);
        var process = Process.Start(new ProcessStartInfo(executable, [Path.Combine(folder, "vsftpd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var server = new FtpServer(folder, port, process);
        await server.WhenListeningAsync();
        return server;
    }

    /// <summary>Waits until somebody is connected, and then ends the server with all its connections.</summary>
    public async Task KillWhenConnectedAsync()
    {
        var children = $"/proc/{process.Id}/task/{process.Id}/children";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await File.ReadAllTextAsync(children, limit.Token)).Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        process.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task PrepareAsync(string folder, int port, IReadOnlyDictionary<string, byte[]> files, int rate)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        var empty = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content);
        }

        // It refuses a root folder that its users could write to, and reads as another user.
        const UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows())
        {
            foreach (var part in new[] { folder, root, empty })
                File.SetUnixFileMode(part, part == folder ? readable | UnixFileMode.UserWrite : readable);
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, "vsftpd.conf"),
        [
            "listen=YES",
            "listen_address=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"listen_port={port}"),
            "background=NO",
            "anonymous_enable=YES",
            "local_enable=NO",
            // The user of anonymous clients needs a home folder.
            $"ftp_username={(Environment.IsPrivilegedProcess ? "ftp" : Environment.UserName)}",
            $"anon_root={root}",
            $"secure_chroot_dir={empty}",
            "seccomp_sandbox=NO",
            string.Create(CultureInfo.InvariantCulture, $"anon_max_rate={rate}"),
            .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["run_as_launching_user=YES"],
        ]);
    }

    private async Task WhenListeningAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"vsftpd ended with {process.ExitCode}: {await process.StandardOutput.ReadToEndAsync(limit.Token)}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
