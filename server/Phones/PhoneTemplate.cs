namespace OpenStage.Server.Phones;

/// <summary>A template file: the profile of a model as JSON.</summary>
internal sealed record PhoneTemplate
{
    public required string Filename { get; init; }

    public required string Content { get; init; }

    /// <summary>True for one that an administrator made; the built-in ones cannot be changed.</summary>
    public bool IsCustom { get; init; }

    public ModelProfile Profile() => ModelProfileReader.Read(Content);
}
