using System.Text.Json;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Phones;

/// <summary>
/// What must be set back on a physical phone, kept beside its lock: a run that is killed cannot do it, the next one
/// does. It holds readable settings only, as secrets cannot be read from a phone.
/// </summary>
internal sealed class RestoreJournal(string file)
{
    /// <summary>The journal of a phone.</summary>
    public static RestoreJournal Of(string folder, string mac) => new(PhoneLock.FileOf(folder, mac, ".restore.json"));

    /// <summary>What the last run left; empty when it left nothing.</summary>
    /// <exception cref="LabErrorException">The file cannot be read.</exception>
    public IReadOnlyList<Item> Read()
    {
        if (!File.Exists(file))
            return [];
        try
        {
            return [.. JsonSerializer.Deserialize<List<Setting>>(File.ReadAllBytes(file))!.Select(setting => new Item(setting.Name, setting.Value, setting.Index))];
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LabErrorException($"{file}: what the last run changed at the phone cannot be read: {broken.Message} Look after the phone's settings, then delete the file.", broken);
        }
    }

    /// <exception cref="LabErrorException">The file cannot be written.</exception>
    public void Write(IReadOnlyList<Item> items)
    {
        try
        {
            if (items.Count == 0)
            {
                File.Delete(file);
                return;
            }

            var bytes = JsonSerializer.SerializeToUtf8Bytes(items.Select(item => new Setting(item.Name, item.Index, item.Value)));
            // Moved into place, so that a kill in the middle leaves the file as it was.
            File.WriteAllBytes(file + ".new", bytes);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new LabErrorException($"{file}: what is to be set back cannot be written down, so nothing was changed: {broken.Message}", broken);
        }
    }

    private sealed record Setting(string Name, int? Index, string Value);
}
