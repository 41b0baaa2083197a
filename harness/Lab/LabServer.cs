namespace OpenStage.Harness.Lab;

/// <summary>Where the lab's provisioning server listens.</summary>
public sealed record LabServer
{
    /// <summary>IP address for phones and administrators. Default 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>IP address that phones are told to call; null for <see cref="Address"/>.</summary>
    public string? Advertised { get; init; }

    /// <summary>HTTPS port for phones, 0 for any free one. Default 0; phones in the field expect 18443.</summary>
    public int PhonePort { get; init; }

    /// <summary>HTTP port of the admin API, 0 for any free one. Default 0.</summary>
    public int AdminPort { get; init; }
}
