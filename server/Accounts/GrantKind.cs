namespace OpenStage.Server.Accounts;

/// <summary>What a token is for.</summary>
internal enum GrantKind
{
    /// <summary>Calls of the API, 30 min.</summary>
    Access,

    /// <summary>Gets a new pair of tokens once, 24 h.</summary>
    Refresh,

    /// <summary>The pages, 8 h from the last use.</summary>
    Session,

    /// <summary>Calls of the API by scripts, until it expires or is taken back.</summary>
    Script,
}
