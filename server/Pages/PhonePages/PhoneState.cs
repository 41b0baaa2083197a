namespace OpenStage.Server.Pages.PhonePages;

/// <summary>States that the list of phones can be narrowed to.</summary>
public enum PhoneState
{
    /// <summary>The last contact-me brought no call.</summary>
    Unreachable,

    /// <summary>A job is not over.</summary>
    Working,

    /// <summary>Neither.</summary>
    Idle,
}
