using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>What the list of users shows.</summary>
/// <param name="Users">The users with their phones' MAC addresses.</param>
/// <param name="Note">What became of the last wish, or null.</param>
public sealed record UserListModel(string? Search, IReadOnlyList<(UserView User, IReadOnlyList<string> Macs)> Users, Paging Paging, string? Note = null);
