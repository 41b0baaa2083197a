using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.FilePages;

/// <summary>What the page of an upload shows.</summary>
/// <param name="MostBytes">Most bytes a file.</param>
public sealed record NewFileModel(FormInput Form, long MostBytes);
