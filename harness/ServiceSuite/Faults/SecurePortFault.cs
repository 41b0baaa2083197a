namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>What is wrong with the secure port of a faulty service.</summary>
public enum SecurePortFault
{
    None,

    /// <summary>Nobody is served.</summary>
    Closed,

    /// <summary>Everybody is, without a certificate too.</summary>
    OpenToAll,
}
