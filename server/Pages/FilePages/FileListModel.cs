using OpenStage.Server.Files;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.FilePages;

/// <summary>What the list of files shows.</summary>
/// <param name="Search">What is looked for, or null.</param>
/// <param name="Type">The one type that is shown, or null.</param>
public sealed record FileListModel(string? Search, string? Type, IReadOnlyList<LibraryFile> Files, Paging Paging);
