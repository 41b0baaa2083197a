using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.FilePages;

/// <summary>What the page of one file shows.</summary>
public sealed record FileModel
{
    public required LibraryFile File { get; init; }

    /// <summary>Jobs that are not over and need it.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>MAC addresses of phones that it may be for.</summary>
    public required IReadOnlyList<string> Phones { get; init; }

    /// <summary>The form of what is said of it.</summary>
    public required FormInput Form { get; init; }

    /// <summary>The form that leads to a job.</summary>
    public FormInput Deploy { get; init; } = FormInput.Empty;

    /// <summary>Why it was not deleted, or null.</summary>
    public RequestException? Kept { get; init; }
}
