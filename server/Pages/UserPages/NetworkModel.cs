using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>What the page of the PBX's addresses shows.</summary>
/// <param name="Names">Names of the form's fields.</param>
/// <param name="IsSaved">True right after they were saved.</param>
public sealed record NetworkModel(FormInput Form, IReadOnlyList<FieldModel> Fields, string Names, bool IsSaved);
