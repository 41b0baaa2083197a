namespace OpenStage.Server.Admin;

/// <summary>Marks a route that reads its form as it comes, and checks the antiforgery token itself before it does anything.</summary>
internal sealed class StreamedForm;
