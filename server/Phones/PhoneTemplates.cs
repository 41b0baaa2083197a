using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>Templates of phones: those that come with the server, and those of administrators.</summary>
internal sealed class PhoneTemplates(Database database)
{
    /// <summary>All templates in order of their names.</summary>
    public IReadOnlyList<PhoneTemplate> List() =>
        [.. BuiltInProfiles.All.Values.Concat(database.Read(session => session.PhoneTemplates())).OrderBy(template => template.Filename, StringComparer.Ordinal)];

    /// <exception cref="RequestException">There is no template of this name.</exception>
    public PhoneTemplate Get(string filename) =>
        BuiltInProfiles.All.GetValueOrDefault(filename) ?? database.Read(session => session.PhoneTemplate(filename)) ?? throw NoTemplate(filename);

    /// <exception cref="RequestException">The name is taken, or the content is no profile.</exception>
    public string Create(BodyValues body)
    {
        var template = new PhoneTemplate { Filename = body.Given("filename"), Content = body.Given("content"), IsCustom = true };
        template.Profile();
        if (BuiltInProfiles.All.ContainsKey(template.Filename) || !database.Write(session => session.Add(template)))
            throw RequestException.Conflict("filename", template.Filename, "a name that no template has");
        return template.Filename;
    }

    /// <summary>Gives a template another content; its phones follow when they are provisioned next.</summary>
    public void Update(string filename, BodyValues body)
    {
        OnlyCustom(filename);
        var content = body.Given("content");
        var after = ModelProfileReader.Read(content);
        database.Write(session =>
        {
            var before = session.HoldPhoneTemplate(filename) ?? throw NoTemplate(filename);
            var profile = before.Profile();
            if (session.MacsOfTemplate(filename).Count > 0 && (profile.Vendor != after.Vendor || profile.Model != after.Model))
                throw RequestException.Conflict("content.model", $"{after.Vendor} {after.Model}", $"{profile.Vendor} {profile.Model}, because phones are made of it");
            session.Replace(before with { Content = content });
            return true;
        });
    }

    /// <exception cref="RequestException">The template is built in, is not there, or phones are made of it.</exception>
    public void Destroy(string filename)
    {
        OnlyCustom(filename);
        database.Write(session =>
        {
            if (session.HoldPhoneTemplate(filename) is null)
                throw NoTemplate(filename);
            if (session.MacsOfTemplate(filename) is [var mac, ..])
                throw RequestException.Conflict("filename", filename, $"a template that no phone is made of, and {mac} is of this");
            session.DeletePhoneTemplate(filename);
            return true;
        });
    }

    private static void OnlyCustom(string filename)
    {
        if (BuiltInProfiles.All.ContainsKey(filename))
            throw RequestException.Conflict("filename", filename, "a custom template; this one comes with the server");
    }

    private static RequestException NoTemplate(string filename) =>
        RequestException.NotFound("filename", filename, "the name of a template in /api/templates/phones");
}
