namespace OpenStage.Harness.Rules;

/// <summary>Where a rule is known from; only what the guide says can be a must or a should.</summary>
public enum RuleSource
{
    /// <summary>The developer's guide, with a page.</summary>
    Guide,

    /// <summary>The maker's manuals and wiki.</summary>
    Manual,

    /// <summary>Seen in servers and captures of the field.</summary>
    Field,

    /// <summary>Deduced, stated nowhere.</summary>
    Inferred,
}
