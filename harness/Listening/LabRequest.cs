namespace OpenStage.Harness.Listening;

/// <summary>A request of a phone to a listener of the lab.</summary>
/// <param name="Target">Path and query as sent.</param>
/// <param name="ClientThumbprint">Thumbprint of the certificate that the phone showed, or empty.</param>
public sealed record LabRequest(string Method, string Target, byte[] Body, string ClientThumbprint);
