using System.Diagnostics;
using NUnit.Framework;

namespace OpenStage.Lab.Tests;

/// <summary>run-lab.sh and run-lab.ps1, with a program that stands in for dotnet and writes down what it is asked for.</summary>
[TestFixture]
public sealed class RunScriptTests
{
    private const int Code = 3;

    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage script ").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    /// <summary>A machine has one of the two shells at least, and both on Linux and macOS with PowerShell.</summary>
    [Test]
    public void Every_script_that_this_machine_can_run_passes_arguments_and_exit_code_on()
    {
        var powerShell = Find("pwsh") ?? Find("powershell");
        Assert.That(powerShell is not null || !OperatingSystem.IsWindows(), "There is no shell for the scripts on this machine.");
        if (OperatingSystem.IsWindows())
            File.WriteAllText(Path.Combine(folder, "dotnet.cmd"), $"@echo off\r\n:next\r\nif \"%~1\"==\"\" exit /b {Code}\r\necho %~1>>\"{folder}\\asked\"\r\nshift\r\ngoto next\r\n");
        else
            StandIn();
        if (!OperatingSystem.IsWindows())
            AssertPassedOn(Run("/bin/sh", Script("run-lab.sh")));
        if (powerShell is not null)
            AssertPassedOn(Run(powerShell, "-NoProfile", "-File", Script("run-lab.ps1")));
    }

    [Test]
    public void Both_scripts_run_the_same_verb()
    {
        foreach (var name in new[] { "run-lab.sh", "run-lab.ps1" })
        {
            var commands = File.ReadLines(Script(name)).Where(line => !line.StartsWith('#')).ToList();
            Assert.That(commands[0], Does.Contain("dotnet run --project ").And.Contain("lab").And.Contain(" -- run "), name);
            Assert.That(commands, Has.Count.LessThanOrEqualTo(2), name);
        }
    }

    private void AssertPassedOn(int code)
    {
        Assert.That(code, Is.EqualTo(Code));
        var asked = File.ReadAllLines(Path.Combine(folder, "asked"));
        File.Delete(Path.Combine(folder, "asked"));
        Assert.That(asked[..2], Is.EqualTo(new[] { "run", "--project" }));
        Assert.That(Path.GetFullPath(asked[2]), Is.EqualTo(Path.Combine(Path.GetDirectoryName(Script("run-lab.sh"))!, "lab")));
        Assert.That(asked[3..], Is.EqualTo(new[] { "--", "run", "my lab.json", "--out-root", "nights", "--keep", "30d" }));
    }

    private void StandIn()
    {
        var program = Path.Combine(folder, "dotnet");
        File.WriteAllText(program, $"#!/bin/sh\nfor word in \"$@\"; do printf '%s\\n' \"$word\" >> '{folder}/asked'; done\nexit {Code}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a script from another folder than its own.</summary>
    private int Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, [.. words, "my lab.json", "--out-root", "nights", "--keep", "30d"]) { WorkingDirectory = folder };
        start.Environment["PATH"] = folder + Path.PathSeparator + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Script(string name) => Path.Combine(Root(), name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Harness.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        return folder.FullName;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(place => new[] { Path.Combine(place, program), Path.Combine(place, program + ".exe") }).FirstOrDefault(File.Exists);
}
