using OpenStage.Protocol.Firmware;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Deployment;

/// <summary>Refuses deployments of files that the library does not have, or that are not for the phone.</summary>
internal static class LibraryCheck
{
    /// <summary>To be called in the transaction that creates the job: until it ends nobody deletes the files.</summary>
    /// <param name="mac">The phone, in normal form.</param>
    /// <exception cref="RequestException">A file is not there, or does not fit.</exception>
    public static void Check(StoreSession session, JobRequest request, string mac)
    {
        var wanted = request.Files.Select((file, index) => (file, Place: DeploymentCheck.Place(index))).Where(wanted => wanted.file.File is not null);
        // In order of their numbers, so that two jobs never hold what the other one wants.
        foreach (var (planned, place) in wanted.OrderBy(wanted => wanted.file.File))
        {
            var id = planned.File!.Value;
            if (!session.Hold(id) || session.File(id) is not { } file)
                throw new RequestException($"{place}.file", $"{id}", "the id of a file in /api/files");
            if (file.Type != planned.Type)
                throw new RequestException($"{place}.type", planned.Type, $"{file.Type}, which file {id} is");
            if (request.Software is { } software)
                CheckSoftware($"{place}.file", file, software, request.Force ? "" : session.Device(mac)?.Model ?? "");
        }
    }

    private static void CheckSoftware(string place, LibraryFile file, SoftwareImage software, string model)
    {
        // The phone starts with what is in the image: asked for another version, the job could only fail.
        if (file.Version.Length > 0 && FirmwareVersion.Parse(file.Version) != FirmwareVersion.Parse(software.Version))
            throw new RequestException("software.version", software.Version, $"{file.Version}, which file {file.Id} has");
        if (!file.SoftwareType.Equals(software.SoftwareType.Trim(), StringComparison.Ordinal))
            throw new RequestException("software.softwareType", software.SoftwareType, $"{file.SoftwareType}, which file {file.Id} is");
        if (model.Length > 0 && file.DeviceTypes.Count > 0 && !file.DeviceTypes.Contains(model, StringComparer.OrdinalIgnoreCase))
            throw new RequestException(place, $"{file.Name} for {string.Join(", ", file.DeviceTypes)}", $"a file for {model}, which the phone is, unless force is set");
    }
}
