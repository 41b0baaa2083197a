using System.Globalization;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>Makes the request of a job from what the API was sent; what is left out of files comes from the library.</summary>
internal static class NewJobReading
{
    /// <param name="library">Finds a file of the library.</param>
    /// <param name="createdBy">Who asks, or empty.</param>
    /// <exception cref="RequestException">A field holds what it cannot.</exception>
    public static JobRequest Read(NewJob asked, Func<long, LibraryFile?> library, string createdBy)
    {
        var kind = Asked.Name<JobKind>("kind", asked.Kind);
        if (asked.LifetimeSeconds is { } seconds && seconds is not (>= 1 and <= 365 * 86400.0))
            throw new RequestException("lifetimeSeconds", seconds.ToString(CultureInfo.InvariantCulture), "1 to 31536000");
        var files = Files(asked.Files ?? [], kind, library);
        var first = files is [{ File: { } id }, ..] ? library(id) : null;
        return new JobRequest
        {
            Mac = asked.Mac ?? "",
            Kind = kind,
            Items = Items(asked.Items),
            Files = files,
            Software = Software(asked.Software, kind, first),
            Force = asked.Force,
            ReadBack = Items(asked.ReadBack),
            Priority = asked.Priority,
            CreatedBy = createdBy,
            NotBefore = asked.NotBefore,
            Lifetime = asked.LifetimeSeconds is { } lifetime ? TimeSpan.FromSeconds(lifetime) : null,
        };
    }

    private static List<Item> Items(IReadOnlyList<NewJobItem>? items) =>
        [.. (items ?? []).Select(item => new Item(item?.Name ?? "", item?.Value ?? "", item?.Index))];

    private static List<DeploymentFile> Files(IReadOnlyList<NewJobFile?> files, JobKind kind, Func<long, LibraryFile?> library) =>
        [.. files.Select((file, index) => File(DeploymentCheck.Place(index), file ?? new NewJobFile(), kind, library))];

    private static DeploymentFile File(string place, NewJobFile asked, JobKind kind, Func<long, LibraryFile?> library)
    {
        var known = asked.File is { } id ? library(id) ?? throw new RequestException($"{place}.file", $"{id}", "the id of a file in /api/files") : null;
        return new DeploymentFile
        {
            Action = asked.Action is null ? FileAction.Deploy : Asked.Name<FileAction>($"{place}.action", asked.Action),
            Name = asked.Name ?? known?.Name ?? LastOf(asked.Url),
            Type = asked.Type?.ToUpperInvariant() ?? known?.Type ?? (kind == JobKind.SoftwareDeployment ? FileTypes.Firmware : ""),
            File = asked.File,
            Url = asked.Url,
            Ftp = asked.Ftp is { } ftp ? new FtpLocation(ftp.Server ?? "", ftp.Port, ftp.Path ?? "", ftp.UserName ?? "", ftp.Password ?? "") : null,
        };
    }

    private static SoftwareImage? Software(NewJobSoftware? asked, JobKind kind, LibraryFile? file)
    {
        if (asked is null && (kind != JobKind.SoftwareDeployment || file is not { Version.Length: > 0 }))
            return null;
        return new SoftwareImage(
            asked?.Version ?? file?.Version ?? "", asked?.SoftwareType ?? (file is { SoftwareType.Length: > 0 } ? file.SoftwareType : FileTypes.UsualSoftware),
            asked?.WhenIdle ?? false);
    }

    private static string LastOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? Uri.UnescapeDataString(address.Segments[^1]) : "";
}
