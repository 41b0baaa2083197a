using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Pages.TemplatePages;

/// <summary>What the page of a phone's templates shows.</summary>
/// <param name="Note">What became of the last wish to send them, or null.</param>
public sealed record PhoneTemplateModel(PhoneHead Head, DeviceTemplateView Merged, string? Note = null);
