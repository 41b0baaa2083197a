using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>What the list of accounts shows.</summary>
/// <param name="Made">The account that was just made, with its one-time password, or null.</param>
public sealed record AccountListModel(IReadOnlyList<AccountView> Accounts, FormInput Form, AccountView? Made = null);
