using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.TemplatePages;

/// <summary>What the page of one template shows.</summary>
/// <param name="Id">Its number, or null for a new one.</param>
/// <param name="Title">Its name as it is stored.</param>
/// <param name="Models">Device types to choose from.</param>
/// <param name="Locations">Locations to choose from.</param>
public sealed record TemplateModel(long? Id, string Title, FormInput Form, IReadOnlyList<string> Models, IReadOnlyList<string> Locations);
