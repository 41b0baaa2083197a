using OpenStage.Server.Files;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.FilePages;

/// <summary>The form of what is said of a file.</summary>
internal static class FileForm
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "name type version deviceTypes softwareType";

    public static FormInput Of(LibraryFile file) => new(new Dictionary<string, string>
    {
        ["name"] = file.Name,
        ["type"] = file.Type,
        ["version"] = file.Version,
        ["deviceTypes"] = string.Join('\n', file.DeviceTypes),
        ["softwareType"] = file.SoftwareType,
    });

    /// <param name="name">The name when the form has none.</param>
    public static FileFacts Read(FormInput form, string name) => new()
    {
        Name = form["name"].Length > 0 ? form["name"] : name,
        Type = form["type"],
        Version = form["version"].Trim(),
        DeviceTypes = form.All("deviceTypes"),
        SoftwareType = form["softwareType"].Trim(),
    };
}
