using System.Globalization;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>The files on a phone. Name and type together name a file (WPI guide p.55); outlives a restart.</summary>
internal sealed class FileStore(PhoneModel model)
{
    private readonly List<StoredFile> files = [];

    public IReadOnlyList<StoredFile> Files => files;

    public void Clear() => files.Clear();

    /// <summary>Takes a downloaded file.</summary>
    /// <returns>Why it was not taken, or empty.</returns>
    public string Store(FileRequest request, long bytes, DateTimeOffset now)
    {
        if (!model.Files.TryGetValue(request.Type, out var rule))
            return $"type '{request.Type}' is not one of {string.Join(", ", model.Files.Keys)}";
        var extension = Path.GetExtension(request.Name).TrimStart('.');
        if (!rule.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            return $"extension '{extension}' is not one of {string.Join(", ", rule.Extensions)}";
        if (bytes == 0 || bytes > rule.MaxBytes)
            return $"{bytes} bytes; allowed are 1 to {rule.MaxBytes}";
        files.RemoveAll(file => file.Name == request.Name && file.Type == request.Type);
        files.Add(new StoredFile(request.Name, request.Type, bytes, now));
        return "";
    }

    /// <summary>Deletes a file.</summary>
    /// <returns>Why it was not deleted, or empty.</returns>
    public string Delete(FileRequest request) =>
        files.RemoveAll(file => file.Name == request.Name && file.Type == request.Type) > 0 ? "" : "there is no such file";

    /// <summary>The list of stored files as ReadAllItems delivers it (p.30, p.245).</summary>
    public IReadOnlyList<Item> Items() =>
        [.. files.SelectMany((file, position) => Report(file.Name, file.Type, ok: true, file.Stored, position + 1))];

    /// <summary>What a phone says about one file (p.54, p.245).</summary>
    public static IReadOnlyList<Item> Report(string name, string type, bool ok, DateTimeOffset time, int? index) =>
    [
        new("file-deployment-date", time.ToString("dd':'MM':'yyyy", CultureInfo.InvariantCulture), index),
        new("file-deployment-time", time.ToString("HH':'mm':'ss", CultureInfo.InvariantCulture), index),
        new("file-deployment-name", name, index),
        new("file-deployment-type", type, index),
        new("file-deployment-status", ok ? "ok" : "failed", index),
    ];
}
