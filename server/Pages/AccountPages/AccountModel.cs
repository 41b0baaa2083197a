using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>What the page of one account shows.</summary>
public sealed record AccountModel
{
    public required AccountView Account { get; init; }

    /// <summary>True for the account of whoever looks.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The form of role and state.</summary>
    public required FormInput Form { get; init; }

    /// <summary>The form of a new password.</summary>
    public required FormInput Password { get; init; }

    /// <summary>Why it was not deleted, or null.</summary>
    public RequestException? Kept { get; init; }

    /// <summary>What was just done, or null.</summary>
    public string? Note { get; init; }
}
