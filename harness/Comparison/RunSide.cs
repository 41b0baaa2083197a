using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>One side of a comparison: a run, or one phone of it.</summary>
/// <param name="Name">As the user gave it.</param>
/// <param name="Phone">Id of the only phone to look at, or null for all.</param>
public sealed record RunSide(string Name, RunReport Report, string? Phone)
{
    /// <summary>Reads a report.json or the folder of a run; <c>#PHONE</c> behind it picks a phone.</summary>
    /// <exception cref="FormatException">It cannot be used; the message names file, line, key and what is allowed.</exception>
    public static RunSide Read(string name)
    {
        var (path, phone) = Split(name);
        var report = ReportReader.Read(path);
        var side = new RunSide(name, report, phone);
        if (phone is not null && side.Find(phone) is null)
            throw new FormatException($"{ReportReader.FileOf(path)}: phones: '{phone}' is not allowed; allowed are {string.Join(", ", report.Phones.Select(entry => entry.Id))}.");
        return side;
    }

    internal PhoneEntry? Find(string id) => Report.Phones.FirstOrDefault(phone => phone.Id == id);

    /// <summary>A path that has a # of its own is taken as it is.</summary>
    private static (string Path, string? Phone) Split(string name)
    {
        var at = name.LastIndexOf('#');
        return at < 0 || File.Exists(name) || Directory.Exists(name) ? (name, null) : (name[..at], name[(at + 1)..]);
    }
}
