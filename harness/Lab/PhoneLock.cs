using System.Globalization;
using System.Text.Json;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Lab;

/// <summary>
/// Keeps a physical phone for one run: a file per MAC that the run holds open, and beside it who holds it. The system
/// closes the file with its process, so that a run that was killed keeps no phone.
/// </summary>
internal sealed class PhoneLock : IDisposable
{
    private readonly FileStream held;
    private readonly string ownerFile;

    private PhoneLock(FileStream held, string ownerFile, string notice)
    {
        this.held = held;
        this.ownerFile = ownerFile;
        Notice = notice;
    }

    /// <summary>That the lock of a dead process was taken over; empty when there was none.</summary>
    public string Notice { get; }

    /// <summary>Where all runs of this user on this machine look.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "openstage-lab", "locks");

    /// <exception cref="LabErrorException">Another run has the phone, or the files cannot be written.</exception>
    public static PhoneLock Take(string folder, string mac, DateTimeOffset now)
    {
        var name = FileOf(folder, mac, "");
        var ownerFile = name + ".json";
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = Hold(name + ".lock") ?? throw new LabErrorException($"The phone {mac} is in use by {Owner(ownerFile) ?? "another run"} ({name}.lock). Wait for that run to end, or end it.");
            var notice = Owner(ownerFile) is { } left ? $"The lock of {mac} was left by {left}, which has ended; it was taken over." : "";
            File.WriteAllBytes(ownerFile, JsonSerializer.SerializeToUtf8Bytes(new Holder(Environment.ProcessId, Environment.MachineName, now)));
            return new PhoneLock(held, ownerFile, notice);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            held?.Dispose();
            throw new LabErrorException($"The lock {name}.lock cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>A file about a phone.</summary>
    public static string FileOf(string folder, string mac, string ending) =>
        Path.Combine(folder, mac.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant() + ending);

    public void Dispose()
    {
        File.Delete(ownerFile);
        // The lock file itself stays: between its deletion and the next creation two runs could each hold one of this name.
        held.Dispose();
    }

    /// <returns>Null when another process, or another run of this one, has it.</returns>
    private static FileStream? Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static string? Owner(string ownerFile)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(File.ReadAllBytes(ownerFile)) is { } owner
                ? string.Create(CultureInfo.InvariantCulture, $"process {owner.Process} on {owner.Host} since {owner.Since:yyyy-MM-dd HH:mm:ss'Z'}")
                : "a process that wrote no name";
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Killed while it wrote.
            return "a process that wrote no name";
        }
    }

    private sealed record Holder(int Process, string Host, DateTimeOffset Since);
}
