using System.Globalization;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>Reads the form of a new job.</summary>
internal static class JobForm
{
    /// <summary>What the form offers; deployments and Secure Mode have pages of their own.</summary>
    public static IReadOnlyList<JobKind> Kinds { get; } =
        [JobKind.WriteItems, JobKind.ReadItems, JobKind.ReadAllItems, JobKind.Restart, JobKind.Contact];

    /// <exception cref="RequestException">A field cannot be read.</exception>
    public static JobRequest Read(FormInput form, string mac, string user)
    {
        var kind = Kinds.FirstOrDefault(known => known.ToString().Equals(form["kind"], StringComparison.OrdinalIgnoreCase), (JobKind)(-1));
        if (!Enum.IsDefined(kind))
            throw new RequestException("kind", form["kind"], string.Join(", ", Kinds));
        return new JobRequest
        {
            Mac = mac,
            Kind = kind,
            Items = ItemLines.Read("items", form["items"]),
            Priority = form["priority"].Trim() is not { Length: > 0 } priority ? 0
                : int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
                : throw new RequestException("priority", priority, "-100 to 100"),
            NotBefore = form["notBefore"].Trim() is not { Length: > 0 } start ? null
                : DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
                : throw new RequestException("notBefore", start, "a date and time such as 2026-01-31T22:00"),
            Lifetime = form["lifetime"].Trim() is not { Length: > 0 } hours ? null
                : double.TryParse(hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var span) && span is > 0 and <= 8760 ? TimeSpan.FromHours(span)
                : throw new RequestException("lifetime", hours, "more than 0 to 8760 hours"),
            CreatedBy = user,
        };
    }
}
