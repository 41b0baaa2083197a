using OpenStage.Server.Admin;

namespace OpenStage.Server.Templates;

/// <summary>What became of a wish to send a phone its templates.</summary>
/// <param name="Message">For people.</param>
/// <param name="Job">The job, or null when there was nothing to send.</param>
public sealed record TemplateApplied(string Message, JobView? Job);
