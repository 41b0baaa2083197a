using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.PhonePages;

namespace OpenStage.Server.Pages.PollingPages;

/// <summary>What the page of a phone's polling shows.</summary>
/// <param name="PollUrl">Where this server takes polls, or null when it takes none.</param>
public sealed record PollingModel(PhoneHead Head, FormInput Form, string? PollUrl)
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "url intervalSeconds";
}
