using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>How well a phone is known.</summary>
public enum KnownPhoneStatus
{
    /// <summary>A user has it, but it has not called yet.</summary>
    [JsonStringEnumMemberName("EXPECTED")]
    Expected,

    /// <summary>A user has it, and it has called.</summary>
    [JsonStringEnumMemberName("ASSIGNED")]
    Assigned,

    /// <summary>It has called, but no user has it.</summary>
    [JsonStringEnumMemberName("DISCOVERED")]
    Discovered,

    /// <summary>It has called and was refused.</summary>
    [JsonStringEnumMemberName("REJECTED")]
    Rejected,
}
