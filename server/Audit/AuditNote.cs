using OpenStage.Server.Accounts;

namespace OpenStage.Server.Audit;

/// <summary>What a request has to say of itself in the audit log, in place of what is taken from its body.</summary>
internal sealed record AuditNote
{
    public string? Summary { get; init; }

    /// <summary>Of a login: the name that was given, when an account has it.</summary>
    public string? Account { get; init; }

    /// <param name="summary">A few words without any secret.</param>
    public static void Set(HttpContext context, string summary) => context.Items[typeof(AuditNote)] = Of(context) with { Summary = summary };

    /// <summary>Notes who tries to log in. A name that no account has is left out: it may be a password in the wrong field.</summary>
    public static void Login(HttpContext context, string? name, AccountBook accounts) => context.Items[typeof(AuditNote)] = new AuditNote
    {
        Summary = "login",
        Account = AccountName.TryNormalise(name, out var normal) && accounts.Get(normal) is { } account ? account.Name : "",
    };

    public static AuditNote Of(HttpContext context) => context.Items[typeof(AuditNote)] as AuditNote ?? new AuditNote();
}
