namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>What a faulty service remembers of earlier messages.</summary>
internal sealed class FaultMemory
{
    public string? FirstNonce { get; set; }

    public string? FirstMac { get; set; }

    /// <summary>The last WriteItems, or null.</summary>
    public string? LastWrite { get; set; }

    /// <summary>A phone has answered busy.</summary>
    public bool WasBusy { get; set; }

    /// <summary>Cookies of interactions that are over.</summary>
    public HashSet<string> Ended { get; } = [];
}
