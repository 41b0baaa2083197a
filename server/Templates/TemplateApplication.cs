namespace OpenStage.Server.Templates;

/// <summary>How a phone's templates are to be sent.</summary>
/// <param name="OnlyDifferences">True, the default, to leave out what the phone has already.</param>
public sealed record TemplateApplication(bool OnlyDifferences = true);
