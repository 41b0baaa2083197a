using System.Security.Claims;

namespace OpenStage.Server.Phones;

/// <summary>Who looks at phones, and what is shown.</summary>
/// <param name="SeesSecrets">Shows web passwords, SIP passwords and door codes in clear.</param>
/// <param name="WantsFirmware">Shows the firmware too, as the list of one's own phones does.</param>
internal sealed record PhoneReader(bool SeesSecrets, bool WantsFirmware = false)
{
    /// <summary>
    /// The one place where it is decided: the contract has passwords in clear, which is for those who may change them;
    /// for viewers, and for whom nobody knows, they are masked.
    /// </summary>
    public static PhoneReader Of(ClaimsPrincipal user) => new(user.IsInRole("Operator") || user.IsInRole("Administrator"));
}
