using System.Globalization;
using OpenStage.Server.Admin;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Templates;

/// <summary>The templates of all phones, and what they come to for one.</summary>
internal sealed class TemplateBook(Database database, JobQueue queue, TemplateResolver resolver)
{
    /// <summary>All templates, in order of their creation.</summary>
    public IReadOnlyList<ItemTemplate> List() => database.Read(session => session.Templates());

    /// <exception cref="RequestException">There is none of this number.</exception>
    public ItemTemplate Get(long id) => database.Read(session => session.Template(id)) ?? throw NotFound(id);

    /// <exception cref="RequestException">Something is not allowed, or the name is taken.</exception>
    public ItemTemplate Create(NewItemTemplate asked)
    {
        var template = TemplateCheck.Template(asked, null);
        return database.Write(session =>
        {
            // Before the look at the names: it makes other nodes wait.
            template = template with { Id = session.NextTemplateId() };
            return Saved(session, template);
        });
    }

    /// <exception cref="RequestException">There is none of this number, something is not allowed, or the name is taken.</exception>
    public ItemTemplate Update(long id, NewItemTemplate asked) => database.Write(session =>
    {
        session.LockTemplates();
        return Saved(session, TemplateCheck.Template(asked, session.Template(id) ?? throw NotFound(id)));
    });

    /// <exception cref="RequestException">There is none of this number.</exception>
    public void Delete(long id) => database.Write(session =>
    {
        session.LockTemplates();
        session.DeleteTemplate((session.Template(id) ?? throw NotFound(id)).Id);
        return true;
    });

    /// <summary>What the templates come to for a phone.</summary>
    /// <exception cref="RequestException">No such phone has called.</exception>
    public DeviceTemplate Resolve(string mac)
    {
        var normal = Asked.Mac("mac", mac);
        return database.Read(session => resolver.Resolve(session, normal)) ?? throw NoDevice(mac);
    }

    /// <summary>Sends a phone what its templates come to.</summary>
    /// <param name="onlyDifferences">True to leave out what the phone has already.</param>
    /// <param name="by">Who asks for it.</param>
    /// <returns>The job, or null when there is nothing to send.</returns>
    /// <exception cref="RequestException">No such phone has called, or its templates have problems.</exception>
    public Job? Apply(string mac, bool onlyDifferences, string by)
    {
        var normal = Asked.Mac("mac", mac);
        var job = database.Write(normal, session =>
        {
            var found = resolver.Resolve(session, normal) ?? throw NoDevice(mac);
            if (found.Merged.Why is { } why)
                throw RequestException.Conflict("template", why, "templates that have a value for each placeholder of this phone");
            var items = found.Differences.Where(item => !onlyDifferences || item.Comparison != ItemComparison.Same).Select(item => item.Item.ToItem()).ToList();
            return items.Count == 0
                ? null
                : queue.Create(session, new JobRequest { Mac = normal, Kind = JobKind.WriteItems, Items = items, CreatedBy = by });
        });
        if (job is not null)
            queue.Tell([job]);
        return job;
    }

    private static ItemTemplate Saved(StoreSession session, ItemTemplate template)
    {
        if (session.TemplateByName(template.Name) is { } other && other.Id != template.Id)
            throw RequestException.Conflict("name", template.Name, string.Create(CultureInfo.InvariantCulture, $"a name that no other template has; template {other.Id} has this one"));
        session.Save(template);
        return template;
    }

    private static RequestException NotFound(long id) =>
        RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a template in /api/item-templates");

    private static RequestException NoDevice(string mac) =>
        RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/devices");
}
