using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>What the page of one's own tokens shows.</summary>
/// <param name="Me">Who looks.</param>
/// <param name="Tokens">One's tokens for scripts; for Administrators those of all.</param>
/// <param name="Made">The token that was just made, which nobody sees again, or null.</param>
public sealed record OwnModel(Caller Me, IReadOnlyList<ScriptToken> Tokens, FormInput Form, ScriptToken? Made = null);
