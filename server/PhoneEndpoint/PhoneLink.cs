namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// The connection of a phone below its encryption. Above it, what is written to a phone that is gone is thrown away without
/// a word until the web server has told everybody, which takes it a while when there is much to do.
/// </summary>
internal sealed class PhoneLink
{
    private volatile bool isBroken;

    /// <summary>True when nothing that is written reaches the phone any more.</summary>
    public bool IsBroken => isBroken;

    public void Break() => isBroken = true;
}
