using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>The accounts of the administration.</summary>
internal sealed class AccountEndpoints(AccountBook accounts, AdminSession session)
{
    private const string Name = "Name of the account, in any case";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/accounts").WithTags("accounts");
        group.MapGet("", () => accounts.List().Select(AccountView.Of)).Described("listAccounts", "All accounts").Produces<IReadOnlyList<AccountView>>();
        group.MapPost("", Create).Described("createAccount", "Creates an account", 409)
            .Example("""{"name":"operator-1001","role":"Operator","password":"four words and more"}""");
        group.MapPut("/{name}", Change).Described("changeAccount", "Changes role or state of an account", 404, 409).Produces<AccountView>()
            .Example("""{"role":"Viewer"}""");
        group.MapDelete("/{name}", Remove).Described("removeAccount", "Removes an account with all its tokens", 404, 409);
        group.MapPost("/{name}/password", SetPassword).RequireAuthorization(AccessRules.SignedIn)
            .Described("setPassword", "Sets a password and ends all logins of the account: one's own with the present one, others' as Administrator", 403, 404, 429)
            .Example("""{"newPassword":"four words and more"}""");
    }

    /// <exception cref="RequestException">A value is not allowed, or the name is taken.</exception>
    public Created<AccountView> Create(NewAccount asked, HttpContext context)
    {
        var name = AccountName.Check(asked.Name);
        var role = Asked.Name<Role>("role", asked.Role);
        AuditNote.Set(context, $"created account {name} as {role}");
        if (asked.Password is not null)
            PasswordRules.Check("password", name, asked.Password);
        var oneTime = asked.Password is null ? PasswordHash.MakeOneTime() : null;
        // Whoever sets the password of somebody else knows it: it has to be changed.
        var account = accounts.Create(name, role, oneTime is null ? PasswordHash.Of(asked.Password!) : PasswordHash.OfOneTime(oneTime), mustChange: true);
        return TypedResults.Created($"/api/accounts/{name}", AccountView.Of(account) with { OneTimePassword = oneTime });
    }

    /// <exception cref="RequestException">There is no such account, a value is not allowed, or it is the last administrator.</exception>
    public AccountView Change([Description(Name)] string name, AccountChange asked, HttpContext context)
    {
        var role = Asked.NameOrNull<Role>("role", asked.Role);
        var changed = AccountView.Of(accounts.Change(Existing(name), before => before with
        {
            Role = role ?? before.Role,
            Disabled = asked.Disabled ?? before.Disabled,
            MustChangePassword = asked.MustChangePassword ?? before.MustChangePassword,
        }));
        AuditNote.Set(context, $"account {changed.Name} is now {changed.Role}{(changed.Disabled ? ", disabled" : "")}{(changed.MustChangePassword ? ", must change its password" : "")}");
        return changed;
    }

    /// <exception cref="RequestException">There is no such account, or it is the last administrator.</exception>
    public NoContent Remove([Description(Name)] string name)
    {
        accounts.Remove(Existing(name));
        return TypedResults.NoContent();
    }

    /// <exception cref="RequestException">There is no such account, or the password is not allowed.</exception>
    public NoContent SetPassword([Description(Name)] string name, PasswordChange asked, HttpContext context)
    {
        var account = Existing(name);
        var caller = Caller.Of(context)!;
        AuditNote.Set(context, $"set the password of {account}");
        if (caller.Name == account)
        {
            session.SetOwnPassword(account, asked.CurrentPassword, asked.NewPassword, context);
        }
        else if (!caller.May(Role.Administrator))
        {
            throw new RequestException("role", caller.Role.ToString(), $"{Role.Administrator} for the password of another account") { Status = 403 };
        }
        else
        {
            if (asked.CurrentPassword is not null)
                throw new RequestException("currentPassword", "***", "none for the password of another account");
            PasswordRules.Check("newPassword", account, asked.NewPassword);
            accounts.SetPassword(account, asked.NewPassword!, mustChange: true);
        }

        return TypedResults.NoContent();
    }

    private static string Existing(string name) => AccountName.TryNormalise(name, out var normal) ? normal : throw AccountBook.NotFound(name);
}
