namespace OpenStage.Server.SecureMode;

/// <summary>The certificate of the secure port, as it is stored.</summary>
/// <param name="Names">Addresses and host names that it is for, in order, with blanks between; nodes of other addresses have certificates of their own.</param>
/// <param name="Authority">Number of the authority that signed it.</param>
/// <param name="Pkcs12">Certificate with key, without password.</param>
internal sealed record PortCertificate(string Names, long Authority, DateTimeOffset NotAfter, byte[] Pkcs12);
