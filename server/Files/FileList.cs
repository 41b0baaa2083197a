namespace OpenStage.Server.Files;

/// <summary>A page of the library.</summary>
/// <param name="Total">How many files there are on all pages.</param>
/// <param name="Files">The newest first.</param>
public sealed record FileList(long Total, IReadOnlyList<LibraryFile> Files);
