namespace OpenStage.Server.Phones;

/// <summary>What the value of a body's field is.</summary>
internal enum BodyKind
{
    Text,
    Flag,
    Whole,

    /// <summary>A list of texts.</summary>
    Texts,
}
