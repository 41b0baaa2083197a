using System.Globalization;
using OpenStage.Server.Admin;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>The form of a new job.</summary>
internal static class JobForm
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public static readonly string Fields = $"{DeploymentForm.Fields("")} force priority notBefore lifetime";

    /// <summary>The form as it is first shown.</summary>
    public static FormInput Blank { get; } = Of(nameof(JobKind.WriteItems), []);

    /// <summary>The form as a link asks for it, such as that of an item or a file.</summary>
    public static FormInput Of(string kind, IEnumerable<KeyValuePair<string, string>> values) => new(new Dictionary<string, string>(values)
    {
        ["kind"] = kind,
        ["software.whenIdle"] = "yes",
        ["force"] = "no",
    });

    /// <exception cref="RequestException">A field cannot be read.</exception>
    public static JobRequest Read(DeploymentForm content, FormInput form, string mac, string user, Func<long, LibraryFile?> library)
    {
        var rest = new NewJob { Mac = mac, Force = form.Flag("force"), Priority = form.Number("priority", "-100 to 100") ?? 0, NotBefore = PageRequest.Time("notBefore", form.Text("notBefore")) };
        return content.Read(rest, library) with { CreatedBy = user, Lifetime = Lifetime(form) };
    }

    private static TimeSpan? Lifetime(FormInput form) => form.Text("lifetime") is not { } hours ? null
        : double.TryParse(hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var span) && span is > 0 and <= 8760 ? TimeSpan.FromHours(span)
        : throw new RequestException("lifetime", hours, "more than 0 to 8760 hours");
}
