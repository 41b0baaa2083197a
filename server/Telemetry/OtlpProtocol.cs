namespace OpenStage.Server.Telemetry;

/// <summary>How OTLP is sent.</summary>
internal enum OtlpProtocol
{
    /// <summary>Protobuf over HTTP, to <c>v1/metrics</c> and <c>v1/traces</c> below the endpoint.</summary>
    Http,

    Grpc,
}
