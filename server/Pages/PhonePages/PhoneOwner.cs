namespace OpenStage.Server.Pages.PhonePages;

/// <summary>Who has a phone.</summary>
/// <param name="User">Id of the user.</param>
/// <param name="Phone">Id of the phone at the user.</param>
public sealed record PhoneOwner(string User, string Phone, string Name, string ExtensionNumber);
