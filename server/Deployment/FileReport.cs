using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Deployment;

/// <summary>What a phone says of one file, in a status message or in its list of files (WPI guide p.54, p.245).</summary>
/// <param name="Index">Number of the file, or null for a single one.</param>
internal sealed record FileReport(string Name, string Type, bool Ok, int? Index)
{
    public bool IsOf(DeploymentFile file) => Name == file.Name && Type.Equals(file.Type, StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<FileReport> Read(IReadOnlyList<Item> items) =>
    [
        .. items.Where(item => item.Name.StartsWith("file-deployment-", StringComparison.Ordinal) && item.Status == ItemStatus.None)
            .GroupBy(item => item.Index).Select(group => Of(group.Key, [.. group])).Where(report => report.Name.Length > 0),
    ];

    private static FileReport Of(int? index, List<Item> items)
    {
        string Value(string name) => items.Find(name)?.Value.Trim() ?? "";
        return new FileReport(Value("file-deployment-name"), Value("file-deployment-type"),
            Value("file-deployment-status").Equals("ok", StringComparison.OrdinalIgnoreCase), index);
    }
}
