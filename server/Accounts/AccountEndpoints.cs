using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;

namespace OpenStage.Server.Accounts;

/// <summary>The accounts of the administration.</summary>
internal sealed class AccountEndpoints(AccountBook accounts, AdminSession session)
{
    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/accounts").WithTags("accounts");
        group.MapGet("", () => accounts.List().Select(AccountView.Of)).WithSummary("All accounts").Produces<IReadOnlyList<AccountView>>();
        group.MapPost("", Create).WithSummary("Creates an account").Produces<ApiErrorList>(400).Produces<ApiErrorList>(409);
        group.MapPut("/{name}", Change).WithSummary("Changes role or state of an account").Produces<AccountView>()
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        group.MapDelete("/{name}", Remove).WithSummary("Removes an account with all its tokens")
            .Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        group.MapPost("/{name}/password", SetPassword).RequireAuthorization(AccessRules.SignedIn)
            .WithSummary("Sets a password and ends all logins of the account: one's own with the present one, others' as Administrator")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(429);
    }

    private Created<AccountView> Create(NewAccount asked, HttpContext context)
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

    private AccountView Change(string name, AccountChange asked, HttpContext context)
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

    private NoContent Remove(string name)
    {
        accounts.Remove(Existing(name));
        return TypedResults.NoContent();
    }

    private NoContent SetPassword(string name, PasswordChange asked, HttpContext context)
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
            PasswordRules.Check("newPassword", account, asked.NewPassword);
            accounts.SetPassword(account, asked.NewPassword!, mustChange: true);
        }

        return TypedResults.NoContent();
    }

    private static string Existing(string name) => AccountName.TryNormalise(name, out var normal) ? normal : throw AccountBook.NotFound(name);
}
