namespace OpenStage.Server.Accounts;

/// <summary>What an account may do; each role includes the ones before it.</summary>
public enum Role
{
    /// <summary>Sees everything but accounts, the audit log and what is secret.</summary>
    Viewer,

    /// <summary>Changes phones, jobs and what belongs to them.</summary>
    Operator,

    /// <summary>Changes accounts, settings and the security of the service too.</summary>
    Administrator,
}
