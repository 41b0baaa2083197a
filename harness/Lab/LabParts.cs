using OpenStage.Harness.Phones;

namespace OpenStage.Harness.Lab;

/// <summary>
/// Splits a lab into parts that share nothing, each with a server and a clock of its own: they can run side by side, and
/// what happens at one phone cannot change what another one sees.
/// </summary>
public static class LabParts
{
    /// <summary>
    /// Each service and each emulated phone by itself. Physical phones are all told the same server, and a
    /// server has fixed ports only once, so that such labs keep their phones together.
    /// </summary>
    /// <returns>The services first, as their time is real and goes by while others compute.</returns>
    public static IReadOnlyList<LabFile> Of(LabFile lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        var parts = new List<LabFile>();
        parts.AddRange(lab.Services.Select(service => lab with { Phones = [], Services = [service] }));
        if (lab.Phones.Count == 0)
            return parts;
        if (lab.Phones.Any(phone => phone.Kind == PhoneKind.Physical) || lab.Server is not { PhonePort: 0, AdminPort: 0 })
            parts.Add(lab with { Services = [] });
        else
            parts.AddRange(lab.Phones.Select((phone, number) => lab with { Services = [], Phones = [phone with { Address = phone.Address ?? EmulatedPhones.FreeAddress(lab.Phones, number) }] }));
        return parts;
    }
}
