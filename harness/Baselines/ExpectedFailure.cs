using OpenStage.Harness.Reports;
using OpenStage.Protocol.Firmware;

namespace OpenStage.Harness.Baselines;

/// <summary>A failure that is known and put up with until a day.</summary>
public sealed record ExpectedFailure
{
    /// <summary>Id of the case.</summary>
    public required string Case { get; init; }

    /// <summary>Id of the phone; null when a model is named.</summary>
    public string? Phone { get; init; }

    /// <summary>Device type; null when a phone is named.</summary>
    public string? Model { get; init; }

    /// <summary>First firmware that fails; null for all up to the last.</summary>
    public FirmwareVersion? FirmwareFrom { get; init; }

    /// <summary>Last firmware that fails; null for all from the first.</summary>
    public FirmwareVersion? FirmwareTo { get; init; }

    public required string Reason { get; init; }

    /// <summary>The last day, in UTC, on which the failure is expected.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Where the entry begins in its file.</summary>
    public required int Line { get; init; }

    /// <summary>True when the entry speaks of this case on this phone.</summary>
    public bool Covers(string caseId, PhoneEntry phone) =>
        Case == caseId && (Phone ?? phone.Id) == phone.Id && (Model ?? phone.Model) == phone.Model && IsInRange(phone.Firmware);

    private bool IsInRange(string firmware)
    {
        if (FirmwareFrom is null && FirmwareTo is null)
            return true;
        return FirmwareVersion.TryParse(firmware, out var version) && !(version < FirmwareFrom) && !(version > FirmwareTo);
    }
}
