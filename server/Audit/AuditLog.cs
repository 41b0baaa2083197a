using OpenStage.Server.Storage;

namespace OpenStage.Server.Audit;

/// <summary>The audit log in the store; nothing but age removes an entry.</summary>
internal sealed class AuditLog(Database database, TimeProvider time, TimeSpan retention)
{
    public void Add(string account, string address, string method, string resource, string summary, int status) => database.Write(session =>
    {
        var now = time.GetUtcNow();
        session.Add(new AuditEntry
        {
            At = now,
            Account = account,
            Address = address,
            Method = method,
            Resource = resource.Length <= 300 ? resource : resource[..300],
            Summary = summary.Length <= 500 ? summary : summary[..500],
            Status = status,
        });
        session.RemoveAuditBefore(now - retention);
        return true;
    });

    /// <summary>Notes what the server itself did.</summary>
    public void AddOwn(string resource, string summary) => Add("", "", "", resource, summary, 200);

    public AuditPage Find(AuditFilter filter) =>
        database.Read(session => new AuditPage(session.CountAudit(filter), session.Audit(filter)));
}
