using System.Globalization;
using OpenStage.Harness.Comparison;

namespace OpenStage.Harness.Reports;

/// <summary>Words that more than one form of the report has.</summary>
public static class ReportText
{
    /// <summary>The command that runs a result again: exactly, where that is known, else its case on its phone with the seed of the run.</summary>
    public static string SeeAgain(RunReport report, ResultEntry result) =>
        result.Reproduce.Length > 0 ? result.Reproduce
        // The lab files of merged runs are several: nobody can tell which one the result is of.
        : result.Verdict is Verdict.Pass or Verdict.NotApplicable || report.Runs.Count > 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"lab run \"{report.LabFile}\" --seed {report.Seed} --where \"case == {result.CaseId} and phone == {result.PhoneId}\"");

    /// <summary>What a run was about, counted, such as 6 phones and 1 service.</summary>
    public static string Subjects(RunReport report)
    {
        var services = report.Phones.Count(phone => phone.Kind == "service");
        var phones = report.Phones.Count - services;
        return services == 0 ? ComparisonView.Count(phones, "phone")
            : phones == 0 ? ComparisonView.Count(services, "service")
            : $"{ComparisonView.Count(phones, "phone")} and {ComparisonView.Count(services, "service")}";
    }

    /// <summary>That a run is not complete, and how much of it is there; nothing for a complete one.</summary>
    public static IEnumerable<string> Incomplete(RunReport report)
    {
        if (!report.Complete)
            yield return string.Create(CultureInfo.InvariantCulture, $"The run is not complete{(report.PlannedResults > 0 ? $": {report.Results.Count} of {report.PlannedResults} results are there" : "")}. What is missing was not run.");
    }

    /// <summary>What a result found, in one line: expected and actual, or the reason.</summary>
    public static string Found(ResultEntry result) => result.Expected.Length > 0 ? $"expected {result.Expected}, got {result.Actual}" : result.Reason;
}
