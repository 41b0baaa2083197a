using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Scans;

namespace OpenStage.Server.Pages.ScanPages;

/// <summary>What the list of scans shows.</summary>
/// <param name="Scans">The latest, the newest first.</param>
public sealed record ScanListModel(IReadOnlyList<ScanView> Scans, FormInput Form)
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "network from to port perSecond";
}
