using System.Diagnostics;
using NUnit.Framework;

namespace OpenStage.Harness.Tests.Captures;

/// <summary>Wireshark's reader on the command line.</summary>
internal static class Tshark
{
    private static readonly string[] Places = ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark", @"C:\Program Files\Wireshark\tshark.exe"];

    /// <summary>What it prints about a file, or ends the test with the reason why there is no tshark.</summary>
    public static async Task<string> ReadAsync(string file, params string[] arguments)
    {
        if (Places.FirstOrDefault(File.Exists) is not { } executable)
        {
            const string reason = "tshark was not found on this machine.";
            if (Environment.GetEnvironmentVariable("HARNESS_REQUIRE_ALL") == "1")
                Assert.Fail(reason);
            Assert.Ignore(reason);
            throw new InvalidOperationException(reason);
        }

        var start = new ProcessStartInfo(executable, ["-r", file, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Settings of the user that runs the tests must not matter.
        start.Environment["WIRESHARK_CONFIG_DIR"] = Path.GetDirectoryName(file);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return output;
    }
}
