using System.Globalization;
using OpenStage.Server.Operations;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenStage.Server.Telemetry;

/// <summary>Sends metrics and traces to an OTLP collector. Without an endpoint nothing is gathered.</summary>
internal sealed class TelemetryExport : IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private readonly MeterProvider metrics;
    private readonly TracerProvider traces;

    private TelemetryExport(TelemetryOptions options, Uri endpoint, OtlpExportProtocol protocol)
    {
        Endpoint = endpoint;
        // The environment has the last word, as everywhere with OpenTelemetry.
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(options.ServiceName, serviceVersion: ServerHealth.Version, serviceInstanceId: Instance())
            .AddTelemetrySdk().AddEnvironmentVariableDetector();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMetrics.MeterName, "System.Runtime")
            .AddOtlpExporter((exporter, reader) =>
            {
                Set(exporter, endpoint, protocol, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            })
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ServerTraces.SourceName)
            .AddOtlpExporter(exporter => Set(exporter, endpoint, protocol, "v1/traces"))
            .Build();
    }

    public Uri Endpoint { get; }

    /// <summary>Begins to export, or returns null when no endpoint is configured.</summary>
    /// <param name="environment">All variables of the process.</param>
    /// <exception cref="ArgumentException">The variable that names the endpoint holds no address.</exception>
    public static TelemetryExport? Start(TelemetryOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var endpoint = options.Endpoint;
        if (endpoint is null && environment.GetValueOrDefault(EndpointVariable) is { Length: > 0 } text)
        {
            endpoint = Uri.TryCreate(text, UriKind.Absolute, out var named) && named.Scheme is "http" or "https"
                ? named
                : throw new ArgumentException($"{EndpointVariable} '{text}': allowed is an http or https address such as http://127.0.0.1:4318.");
        }

        var isGrpc = options.Protocol == OtlpProtocol.Grpc || (options.Endpoint is null && environment.GetValueOrDefault(ProtocolVariable) == "grpc");
        return endpoint is null ? null : new TelemetryExport(options, endpoint, isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf);
    }

    /// <summary>Sends what is left, and ends.</summary>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    private static void Set(OtlpExporterOptions exporter, Uri endpoint, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? endpoint : new Uri($"{endpoint.ToString().TrimEnd('/')}/{path}");
    }

    private static string Instance() => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
}
