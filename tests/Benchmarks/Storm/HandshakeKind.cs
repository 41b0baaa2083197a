namespace OpenStage.Benchmarks.Storm;

/// <summary>What a handshake is made of: two servers are held against each other only when theirs are the same.</summary>
/// <param name="Protocol">Such as Tls12.</param>
/// <param name="Suite">Such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.</param>
/// <param name="Key">Kind and bits of the key in the server's certificate, such as RSA 2048.</param>
/// <param name="IsWhole">True when the server sent its certificate, which it does not when a session goes on.</param>
internal sealed record HandshakeKind(string Protocol, string Suite, string Key, bool IsWhole);
