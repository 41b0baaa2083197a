namespace OpenStage.Benchmarks.Load;

/// <summary>Which phones a load is made of.</summary>
internal enum PhoneMix
{
    /// <summary>Phones that the server knows, with the items that it knows: after a power cut.</summary>
    Same,

    /// <summary>Phones that the server knows, each with another value of one item.</summary>
    Changed,

    /// <summary>Phones that the server has never seen.</summary>
    New,
}
