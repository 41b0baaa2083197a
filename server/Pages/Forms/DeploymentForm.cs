using System.Globalization;
using OpenStage.Protocol.Items;
using OpenStage.Server.Admin;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.Forms;

/// <summary>
/// The part of a form that says what a phone shall do: items, files and firmware. The forms of jobs and of campaigns have
/// it; what it may hold is checked where the API is.
/// </summary>
/// <param name="form">The form.</param>
/// <param name="prefix">What stands before the names of its fields, such as <c>content.</c>, or empty.</param>
internal sealed class DeploymentForm(FormInput form, string prefix)
{
    private static readonly string[] Names =
        ["kind", "items", "files*", "address", "type", "ftpPassword", "delete", "firmware", "software.version", "software.whenIdle"];

    /// <summary>Where each file came from: the name of its field.</summary>
    private readonly List<string> origins = [];

    /// <summary>What the forms offer; Secure Mode has a page of its own.</summary>
    public static IReadOnlyList<JobKind> Kinds { get; } = [.. Enum.GetValues<JobKind>().Where(kind => kind != JobKind.SecureMode)
        .OrderBy(kind => kind is JobKind.ReadAllItems).ThenBy(kind => kind != JobKind.WriteItems)];

    /// <summary>Its fields, see <see cref="FormFields"/>.</summary>
    public static string Fields(string prefix) => string.Join(' ', Names.Select(name => prefix + name));

    /// <summary>Reads it as the API does.</summary>
    /// <param name="rest">What the form says besides.</param>
    /// <exception cref="RequestException">A field holds what it cannot; the field is the form's.</exception>
    public JobRequest Read(NewJob rest, Func<long, LibraryFile?> library)
    {
        var kind = Kinds.FirstOrDefault(known => known.ToString() == form[$"{prefix}kind"], (JobKind)(-1));
        if (!Enum.IsDefined(kind))
            throw new RequestException($"{prefix}kind", form[$"{prefix}kind"], string.Join(", ", Kinds));
        List<NewJobFile> files = [.. Chosen("files"), .. Chosen("firmware"), .. External(kind), .. Deleted()];
        return Placed(() => NewJobReading.Read(rest with
        {
            Kind = form[$"{prefix}kind"],
            Items = Items(),
            Files = files,
            Software = Software(kind),
        }, library, ""));
    }

    /// <summary>Does something, and gives what is refused the name of the form's field.</summary>
    public T Placed<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (RequestException wrong)
        {
            throw Placed(wrong);
        }
    }

    /// <inheritdoc cref="Placed{T}(Func{T})"/>
    public async Task<T> PlacedAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (RequestException wrong)
        {
            throw Placed(wrong);
        }
    }

    private List<NewJobItem> Items()
    {
        var items = ItemLines.Read($"{prefix}items", form[$"{prefix}items"]);
        var masked = items.FindIndex(item => item.Value == Asked.Masked && SecretItems.IsSecret(item.Name));
        // A form that is shown again has stars in place of its secrets: they must not become the password.
        return masked < 0
            ? items.ConvertAll(item => new NewJobItem(item.Name, item.Value, item.Index))
            : throw new RequestException(string.Create(CultureInfo.InvariantCulture, $"{prefix}items[{masked}]"), Asked.Masked, "the value itself");
    }

    /// <summary>The files of the library.</summary>
    private IEnumerable<NewJobFile> Chosen(string field)
    {
        foreach (var text in form.All(prefix + field))
        {
            origins.Add(field);
            yield return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new NewJobFile { File = id }
                : throw new RequestException(prefix + field, text, "one of the files that are offered");
        }
    }

    /// <summary>A file on another server.</summary>
    private IEnumerable<NewJobFile> External(JobKind kind)
    {
        var text = form.Text($"{prefix}address");
        var isFtp = text?.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) == true;
        if (form.Text($"{prefix}type") is { } asked && (text is null || !FileTypes.Plain.Contains(asked)))
            throw new RequestException($"{prefix}type", asked, text is null ? "nothing without an address" : string.Join(", ", FileTypes.Plain));
        if (form[$"{prefix}ftpPassword"].Length > 0 && !isFtp)
            throw new RequestException($"{prefix}ftpPassword", "", "nothing without an address of FTP");
        if (text is null)
            yield break;
        origins.Add("address");
        var type = kind == JobKind.SoftwareDeployment ? null : form.Text($"{prefix}type");
        if (!isFtp)
        {
            yield return new NewJobFile { Url = text, Type = type };
            yield break;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.UserInfo.Contains(':', StringComparison.Ordinal) || text.EndsWith('/'))
            throw new RequestException($"{prefix}address", "one of FTP", "ftp://user@server/folder/name, with the password in its own field");
        yield return new NewJobFile
        {
            Name = Uri.UnescapeDataString(address.Segments[^1]),
            Type = type,
            Ftp = new NewJobFtp
            {
                Server = address.Host,
                Port = address.Port,
                Path = Uri.UnescapeDataString(string.Concat(address.Segments[..^1])).TrimStart('/'),
                UserName = Uri.UnescapeDataString(address.UserInfo),
                Password = form[$"{prefix}ftpPassword"],
            },
        };
    }

    /// <summary>Files to be deleted, one a line: type and name.</summary>
    private IEnumerable<NewJobFile> Deleted()
    {
        foreach (var line in form.All($"{prefix}delete"))
        {
            origins.Add("delete");
            yield return line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var type, { Length: > 0 } name]
                ? new NewJobFile { Action = "Delete", Type = type, Name = name }
                : throw new RequestException($"{prefix}delete", line, "one file a line: its type, a blank and its name, such as RINGTONE bell.mp3");
        }
    }

    private NewJobSoftware? Software(JobKind kind)
    {
        var whenIdle = form.Flag($"{prefix}software.whenIdle");
        var version = form.Text($"{prefix}software.version");
        return kind == JobKind.SoftwareDeployment || version is not null ? new NewJobSoftware { Version = version, WhenIdle = whenIdle } : null;
    }

    private RequestException Placed(RequestException wrong)
    {
        var field = wrong.Field.StartsWith(prefix, StringComparison.Ordinal) ? wrong.Field[prefix.Length..] : wrong.Field;
        if (field.StartsWith("files", StringComparison.Ordinal))
            field = OfFile(field);
        else if (field == "software")
            field = "software.version";
        else if (field == "software.softwareType")
            field = "firmware";
        else if (!Names.Any(name => field.StartsWith(name.TrimEnd('*'), StringComparison.Ordinal)))
            return wrong;
        return new RequestException(prefix + field, wrong.Value, wrong.Allowed) { Status = wrong.Status };
    }

    private string OfFile(string field)
    {
        var end = field.IndexOf(']', StringComparison.Ordinal);
        var index = end > 0 && int.TryParse(field["files[".Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var origin = origins.Count > index ? origins[index] : form[$"{prefix}kind"] == nameof(JobKind.SoftwareDeployment) ? "firmware" : "files";
        return (origin, field[(end + 1)..]) switch
        {
            ("address", ".type") => "type",
            ("address", ".ftp.password" or ".ftp.userName") => "ftpPassword",
            _ => origin,
        };
    }
}
