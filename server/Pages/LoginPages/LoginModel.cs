using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.LoginPages;

/// <summary>What the pages of login and password show.</summary>
/// <param name="ReturnUrl">The page that was asked for.</param>
/// <param name="IsOneTime">True when the password must be changed before anything else.</param>
public sealed record LoginModel(FormInput Form, string ReturnUrl, bool IsOneTime = false);
