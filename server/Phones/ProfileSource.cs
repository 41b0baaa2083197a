using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>The profiles of templates, each read once in a transaction.</summary>
internal sealed class ProfileSource(StoreSession session)
{
    private readonly Dictionary<string, ModelProfile?> read = [];

    /// <summary>The profile of a template, or null when there is none of that name.</summary>
    public ModelProfile? Find(string filename)
    {
        if (!read.TryGetValue(filename, out var profile))
        {
            var template = BuiltInProfiles.All.GetValueOrDefault(filename) ?? session.PhoneTemplate(filename);
            read.Add(filename, profile = template?.Profile());
        }

        return profile;
    }

    /// <summary>The profile of a phone's template, which cannot be taken away from it.</summary>
    public ModelProfile Of(UserPhone phone) =>
        Find(phone.Filename) ?? throw new InvalidDataException($"The store has no template {phone.Filename}, which {phone.Mac} is made of.");
}
