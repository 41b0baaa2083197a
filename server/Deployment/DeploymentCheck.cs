using System.Globalization;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Deployment;

/// <summary>Refuses deployments that cannot be, as far as the request alone shows it (WPI guide p.52-57).</summary>
internal static class DeploymentCheck
{
    private const int MaxFiles = 100;
    private const int MaxText = 255;

    /// <exception cref="RequestException">Something about files or software is not allowed.</exception>
    public static void Check(JobRequest request)
    {
        var count = request.Files.Count;
        var isSoftware = request.Kind == JobKind.SoftwareDeployment;
        var most = isSoftware ? 1 : request.Kind == JobKind.FileDeployment ? MaxFiles : 0;
        Require(count <= most && (count > 0 || most == 0), "files", string.Create(CultureInfo.InvariantCulture, $"{count} files"), most switch
        {
            0 => $"no files for {request.Kind}",
            1 => $"1 file for {request.Kind}",
            _ => string.Create(CultureInfo.InvariantCulture, $"1 to {most} files for {request.Kind}"),
        });
        var names = new HashSet<(string, string)>();
        for (var index = 0; index < count; index++)
        {
            var file = request.Files[index];
            CheckFile(Place(index), file, isSoftware);
            Require(names.Add((file.Name, file.Type)), Place(index), $"{file.Name} of type {file.Type}", "each name once for a type");
        }

        CheckSoftware(request, isSoftware);
    }

    /// <summary>How errors name a file.</summary>
    public static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"files[{index}]");

    /// <summary>The image as it is kept: its version as phones report it.</summary>
    public static SoftwareImage? Normal(SoftwareImage? software) => software is null ? null : software with
    {
        Version = FileFactsCheck.Version("software.version", software.Version),
        SoftwareType = FileFactsCheck.Word("software.softwareType", software.SoftwareType),
    };

    private static void CheckFile(string place, DeploymentFile file, bool isSoftware)
    {
        Require(Enum.IsDefined(file.Action), $"{place}.action", file.Action.ToString(), string.Join(", ", Enum.GetNames<FileAction>()));
        FileFactsCheck.Name($"{place}.name", file.Name);
        IReadOnlyList<string> types = isSoftware ? [FileTypes.Firmware] : FileTypes.Plain;
        Require(types.Contains(file.Type), $"{place}.type", file.Type, string.Join(", ", types));
        Require(!isSoftware || file.Action == FileAction.Deploy, $"{place}.action", file.Action.ToString(), $"{FileAction.Deploy} for software");

        List<string> sources = [.. Sources(file)];
        var given = sources.Count == 0 ? "none" : string.Join(" and ", sources);
        if (file.Action == FileAction.Delete)
            Require(sources.Count == 0, place, given, "none of file, url and ftp for a file that is deleted");
        else
            Require(sources.Count == 1, place, given, "exactly one of file, url and ftp for a file that is deployed");
        if (file.Url is { } url)
            CheckUrl($"{place}.url", url, file.Name);
        if (file.Ftp is { } ftp)
            CheckFtp($"{place}.ftp", ftp);
    }

    private static IEnumerable<string> Sources(DeploymentFile file)
    {
        if (file.File is not null)
            yield return "file";
        if (file.Url is not null)
            yield return "url";
        if (file.Ftp is not null)
            yield return "ftp";
    }

    private static void CheckUrl(string place, string url, string name)
    {
        const string allowed = "an absolute https address without user, query and fragment, with the file's name at its end";
        // Not shown where a password may be in it.
        var shown = url.Contains('@', StringComparison.Ordinal) ? "one with a user" : url;
        Require(url.Length <= 2000 && FileFactsCheck.IsText(url) && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && !url.AsSpan().ContainsAny("?#@\\ ") && !url.EndsWith('/')
            && address.Segments.Length > 1, place, shown, allowed);
        // A phone takes the name from the address (p.53), and reports on it under that name.
        var last = Uri.UnescapeDataString(new Uri(url).Segments[^1]);
        Require(last == name, place, shown, $"an address that ends in {name}");
    }

    private static void CheckFtp(string place, FtpLocation ftp)
    {
        Require(Uri.CheckHostName(ftp.Server) != UriHostNameType.Unknown, $"{place}.server", ftp.Server, "an IP address or a host name");
        Require(ftp.Port is >= 1 and <= 65535, $"{place}.port", ftp.Port.ToString(CultureInfo.InvariantCulture), "1 to 65535");
        Require(ftp.Path.Length <= MaxText && FileFactsCheck.IsText(ftp.Path) && !ftp.Path.Split('/').Contains(".."),
            $"{place}.path", ftp.Path, $"0 to {MaxText} characters, none of them a control character, and no ..");
        Require(ftp.UserName.Length <= MaxText && FileFactsCheck.IsText(ftp.UserName),
            $"{place}.userName", ftp.UserName, $"0 to {MaxText} characters, none of them a control character");
        Require(ftp.Password.Length <= MaxText && FileFactsCheck.IsText(ftp.Password),
            $"{place}.password", "one not shown here", $"0 to {MaxText} characters, none of them a control character");
        Require(ftp.Password.Length == 0 || ftp.UserName.Length > 0, $"{place}.userName", "", "a user name, for there is a password");
    }

    private static void CheckSoftware(JobRequest request, bool isSoftware)
    {
        if (!isSoftware)
        {
            Require(request.Software is null, "software", request.Software?.Version ?? "", $"nothing for {request.Kind}");
            return;
        }

        Require(request.Software is not null, "software", "", "the version of the image");
        Normal(request.Software);
    }

    private static void Require(bool holds, string field, string value, string allowed)
    {
        if (!holds)
            throw new RequestException(field, FileFactsCheck.Shown(value), allowed);
    }
}
