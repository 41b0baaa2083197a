using OpenStage.Server.Templates;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public ItemTemplate? Template(long id) =>
        One<ItemTemplate>("item_templates", "SELECT body FROM item_templates WHERE id = @id", new { id });

    public ItemTemplate? TemplateByName(string name) => One<ItemTemplate>(
        "item_templates", "SELECT body FROM item_templates WHERE name_key = @key", new { key = name.ToLowerInvariant() });

    /// <summary>All templates, in order of their creation.</summary>
    public IReadOnlyList<ItemTemplate> Templates() => Many<ItemTemplate>("item_templates", "SELECT body FROM item_templates ORDER BY id");

    /// <summary>The number of a new template; no other node makes or renames one until this transaction is over.</summary>
    public long NextTemplateId() => NextId("item_templates");

    /// <summary>Makes other nodes wait that would make or rename a template.</summary>
    public void LockTemplates() => Execute("UPDATE sequences SET last = last WHERE name = 'item_templates'", new { });

    public void Save(ItemTemplate template)
    {
        Execute(
            "INSERT INTO item_templates (id, name_key, body) VALUES (@Id, @key, @body) "
            + "ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, body = excluded.body",
            new { template.Id, key = template.Name.ToLowerInvariant(), body = Sealed("item_templates", template) });
        Tell($"template:{template.Id}");
    }

    public void DeleteTemplate(long id)
    {
        Execute("DELETE FROM item_templates WHERE id = @id", new { id });
        Tell($"template:{id}");
    }
}
