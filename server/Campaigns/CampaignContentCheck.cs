using System.Globalization;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Admin;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>Makes the content of a campaign of what is asked for, or says what is wrong with it.</summary>
internal static class CampaignContentCheck
{
    /// <summary>Stands for any phone where a content is checked before its phones are known.</summary>
    private const string AnyMac = "00:00:00:00:00:00";

    /// <param name="before">The content that is changed.</param>
    /// <exception cref="RequestException">Something is not allowed.</exception>
    public static CampaignContent Content(NewCampaignContent asked, CampaignContent before)
    {
        var content = new CampaignContent
        {
            Kind = Kind(asked.Kind),
            Items = Items("content.items", asked.Items, before.Items),
            Template = asked.Template,
            TemplateName = asked.TemplateName is null ? null : Asked.Text("content.templateName", asked.TemplateName, 100),
            Files = Files(asked.Files, before.Files),
            Software = Software(asked.Software),
            ReadBack = Items("content.readBack", asked.ReadBack, []),
            Priority = Asked.Number("content.priority", asked.Priority, -100, 100, 0),
            Lifetime = Lifetime(asked.LifetimeSeconds),
        };
        CheckParts(content);
        if (!content.IsFromTemplates)
            Check(content);
        return content;
    }

    private static JobKind Kind(string? text)
    {
        var kinds = Enum.GetValues<JobKind>().Where(kind => kind != JobKind.SecureMode).ToList();
        var allowed = string.Join(", ", kinds);
        if (text is null || !kinds.Select(kind => kind.ToString()).Contains(text, StringComparer.OrdinalIgnoreCase))
            // A certificate and a PIN are one phone's own: Secure Mode is asked for phone by phone.
            throw new RequestException("content.kind", text ?? "", allowed);
        return Enum.Parse<JobKind>(text, ignoreCase: true);
    }

    private static TimeSpan? Lifetime(double? seconds) => seconds switch
    {
        null => null,
        >= 1 and <= 365 * 86400.0 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new RequestException("content.lifetimeSeconds", seconds.Value.ToString(CultureInfo.InvariantCulture), "1 to 31536000"),
    };

    private static void CheckParts(CampaignContent content)
    {
        var isWrite = content.Kind == JobKind.WriteItems;
        if (content.IsFromTemplates && !isWrite)
            throw new RequestException(content.Template ? "content.template" : "content.templateName", content.TemplateName ?? "true", "for WriteItems only");
        if (content.Template && content.TemplateName is { } name)
            throw new RequestException("content.templateName", name, "none when content.template is true");
        if (content.IsFromTemplates && content.Items.Count > 0)
            throw new RequestException("content.items", Count(content.Items.Count, "items"), "no items when they come from templates");
        if (content.ReadBack.Count > 0 && !isWrite)
            throw new RequestException("content.readBack", Count(content.ReadBack.Count, "items"), "no items but for WriteItems");
        var isDeployment = content.Kind is JobKind.FileDeployment or JobKind.SoftwareDeployment;
        if (isDeployment != content.Files.Count > 0)
            throw new RequestException("content.files", Count(content.Files.Count, "files"), isDeployment ? $"at least one file for {content.Kind}" : $"no files for {content.Kind}");
        var isSoftware = content.Kind == JobKind.SoftwareDeployment;
        if (isSoftware != content.Software is not null)
            throw new RequestException("content.software", content.Software?.Version ?? "", isSoftware ? "version, softwareType and whenIdle of the image" : $"none for {content.Kind}");
    }

    /// <summary>Checks it as the job of any phone will be.</summary>
    private static void Check(CampaignContent content)
    {
        try
        {
            JobRequestCheck.Check(content.For(AnyMac));
        }
        catch (RequestException wrong)
        {
            throw new RequestException($"content.{wrong.Field}", wrong.Value, wrong.Allowed) { Status = wrong.Status };
        }
    }

    private static SoftwareImage? Software(SoftwareImage? asked)
    {
        if (asked is null)
            return null;
        Given("content.software.version", asked.Version);
        Given("content.software.softwareType", asked.SoftwareType);
        return asked;
    }

    private static List<Item> Items(string field, IReadOnlyList<NewJobItem?>? asked, IReadOnlyList<Item> before)
    {
        var items = new List<Item>();
        foreach (var one in asked ?? [])
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{field}[{items.Count}]");
            var item = new Item(Asked.Text($"{place}.name", one?.Name, 255), one?.Value ?? "", one?.Index);
            if (SecretItems.IsSecret(item.Name) && item.Value == Asked.Masked)
            {
                item = before.Find(item.Key)
                    ?? throw new RequestException($"{place}.value", Asked.Masked, "the value itself; *** keeps one that is stored");
            }

            items.Add(item);
        }

        return items;
    }

    private static List<DeploymentFile> Files(IReadOnlyList<DeploymentFile?>? asked, IReadOnlyList<DeploymentFile> before)
    {
        var files = new List<DeploymentFile>();
        foreach (var file in asked ?? [])
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"content.files[{files.Count}]");
            files.Add(File(place, file, before));
        }

        return files;
    }

    private static DeploymentFile File(string place, DeploymentFile? asked, IReadOnlyList<DeploymentFile> before)
    {
        var file = (asked ?? throw new RequestException(place, "null", "a file with action, name and type")) with
        {
            Name = Asked.Text($"{place}.name", asked.Name, 255),
            Type = Asked.Text($"{place}.type", asked.Type, 32),
        };
        if (!Enum.IsDefined(file.Action))
            throw new RequestException($"{place}.action", file.Action.ToString(), string.Join(", ", Enum.GetNames<FileAction>()));
        var sources = (file.File is null ? 0 : 1) + (file.Url is null ? 0 : 1) + (file.Ftp is null ? 0 : 1);
        var wanted = file.Action == FileAction.Deploy ? 1 : 0;
        if (sources != wanted)
            throw new RequestException(place, Count(sources, "sources"), wanted == 1 ? "exactly one of file, url and ftp" : "none of file, url and ftp for Delete");
        if (file.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
            throw new RequestException($"{place}.url", url, "an address that begins with https://");
        if (file.Ftp is not { } ftp)
            return file;
        Asked.Text($"{place}.ftp.server", ftp.Server, 255);
        Given($"{place}.ftp.path", ftp.Path);
        Given($"{place}.ftp.userName", ftp.UserName);
        Given($"{place}.ftp.password", ftp.Password);
        Asked.Number($"{place}.ftp.port", ftp.Port, 1, 65535, 0);
        if (ftp.Password != Asked.Masked)
            return file;
        return before.FirstOrDefault(old => old.Name == file.Name && old.Type == file.Type)?.Ftp is { } stored
            ? file with { Ftp = ftp with { Password = stored.Password } }
            : throw new RequestException($"{place}.ftp.password", Asked.Masked, "the value itself; *** keeps one that is stored");
    }

    private static void Given(string field, string? text)
    {
        if (text is null)
            throw new RequestException(field, "null", "a text, which may be empty");
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
}
