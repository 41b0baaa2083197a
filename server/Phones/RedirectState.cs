using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>Where the registration of a phone with the redirect service stands.</summary>
public enum RedirectState
{
    /// <summary>The phone is not to be registered, and is not.</summary>
    [JsonStringEnumMemberName("NONE")]
    None,

    /// <summary>It is to be registered, or its registration taken back, and the service has not said yes yet.</summary>
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    [JsonStringEnumMemberName("REGISTERED")]
    Registered,

    /// <summary>The service did not say yes in four attempts; reprovisioning the phone begins anew.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed,
}
