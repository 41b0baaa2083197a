using OpenStage.Server.Admin;

namespace OpenStage.Server.SecureMode;

/// <summary>That a phone is on its way to Secure Mode.</summary>
/// <param name="Job">The job that brings it there.</param>
/// <param name="Certificate">The certificate that it is given.</param>
/// <param name="Pin">The PIN that the server made up, told here and never again; null when it was given, or there is none.</param>
public sealed record BegunSecureMode(JobView Job, ClientCertificateView Certificate, string? Pin);
