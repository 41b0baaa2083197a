namespace OpenStage.Server.Admin;

/// <summary>Marks a route that takes a form without an antiforgery token, because the form itself holds the proof, such as a password.</summary>
internal sealed class PlainForm;
