using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Pages.SecurePages;

/// <summary>What the page of a phone's Secure Mode shows.</summary>
/// <param name="Begun">What was just begun, with a PIN that nobody sees again; or null.</param>
/// <param name="Note">What was just done, or null.</param>
public sealed record SecureModel(
    PhoneHead Head, IReadOnlyList<ClientCertificateView> Certificates, FormInput Form, BegunSecureMode? Begun = null, string? Note = null)
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "pin pinValue maxPinRetries";

    /// <summary>True for a phone in Secure Mode, on its way there, or with a certificate for it.</summary>
    public bool CanBeReleased => Head.Phone.SecureMode is not null || Certificates.Any(one => one.State is ClientCertificateState.Issued or ClientCertificateState.InUse);
}
