using System.Globalization;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Deployment;

/// <summary>The items of FileDeployment and SoftwareDeployment (WPI guide p.52-57).</summary>
internal static class DeploymentItems
{
    /// <param name="fileUrl">The URL under which a phone loads a file of the server's own, by job and position.</param>
    public static IReadOnlyList<Item> Of(Job job, Func<Job, int, string> fileUrl)
    {
        var isSingle = job.Files is [{ Action: FileAction.Deploy }];
        var items = new List<Item>();
        for (var position = 0; position < job.Files.Count; position++)
        {
            var file = job.Files[position];
            int? index = isSingle ? null : position + 1;
            // Only files that are indexed carry an action (p.55); deploying is what a single one is for (p.53).
            if (!isSingle)
                items.Add(new Item("file-action", file.Action == FileAction.Delete ? "delete" : "deploy", index));
            items.AddRange(Place(file, () => fileUrl(job, position)).Select(item => item with { Index = index }));
            items.Add(new Item("file-type", file.Type, index));
        }

        if (job.Software is { } software)
            items.AddRange(Software(software));
        return items;
    }

    private static IReadOnlyList<Item> Place(DeploymentFile file, Func<string> ownUrl)
    {
        if (file.Action == FileAction.Delete)
            return [new Item("file-name", file.Name)];
        if (file.Ftp is { } ftp)
        {
            return
            [
                new Item("file-server", ftp.Server),
                new Item("file-port", ftp.Port.ToString(CultureInfo.InvariantCulture)),
                new Item("file-path", ftp.Path),
                new Item("file-username", ftp.UserName),
                new Item("file-pwd", ftp.Password),
                new Item("file-name", file.Name),
            ];
        }

        // WPI guide p.53: despite its name the base URL is the full address, and takes the place of all others.
        return [new Item("file-https-base-url", file.Url ?? ownUrl())];
    }

    private static IReadOnlyList<Item> Software(SoftwareImage software) =>
    [
        new Item("file-sw-type", software.SoftwareType),
        new Item("file-sw-version", FirmwareVersion.TryParse(software.Version, out var version) ? version.ToDotted() : software.Version),
        new Item("file-priority", software.WhenIdle ? "normal" : "immediate"),
    ];
}
