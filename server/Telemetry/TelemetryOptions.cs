namespace OpenStage.Server.Telemetry;

/// <summary>Where metrics and traces go.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Base address of an OTLP collector, such as <c>http://127.0.0.1:4318</c>; null for none, unless OTEL_EXPORTER_OTLP_ENDPOINT names one.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Default http.</summary>
    public OtlpProtocol Protocol { get; init; }

    /// <summary>Time between two exports of metrics, 1 s to 1 h. Default 60 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Name of the service in metrics and traces, unless OTEL_SERVICE_NAME says another.</summary>
    public string ServiceName { get; init; } = "openstage-server";

    /// <exception cref="RequestException">An option is out of its range.</exception>
    public void Check()
    {
        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")))
            throw new RequestException(nameof(Endpoint), endpoint.ToString(), "an http or https address such as http://127.0.0.1:4318");
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromHours(1))
            throw new RequestException(nameof(Interval), $"{Interval.TotalSeconds} s", "1 s to 3600 s");
        if (string.IsNullOrWhiteSpace(ServiceName))
            throw new RequestException(nameof(ServiceName), ServiceName, "a name");
    }
}
