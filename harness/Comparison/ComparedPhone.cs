using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>Which phone of which run is compared.</summary>
public sealed record ComparedPhone(string RunId, string Id, string Model, string Firmware)
{
    internal static ComparedPhone Of(RunReport report, PhoneEntry phone) => new(report.RunId, phone.Id, phone.Model, phone.Firmware);
}
