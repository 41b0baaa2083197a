using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>The pages of the administration's accounts, for Administrators.</summary>
internal sealed class AccountRoutes(AccountBook accounts, AccountEndpoints work)
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string NewFields = "name role password";

    /// <inheritdoc cref="NewFields"/>
    public const string ChangeFields = "role disabled mustChangePassword";

    private static readonly FormInput Blank = new(new Dictionary<string, string> { ["role"] = nameof(Role.Viewer) });

    public void Map(PageMap map)
    {
        foreach (var route in new[]
        {
            map.Get("/accounts", _ => ShowList(Blank)),
            map.Post("/accounts", NewFields, Create, (_, form) => ShowList(form)),
            map.Get("/accounts/{name}", context => Show(context)),
            map.Post("/accounts/{name}", ChangeFields, Change, (context, form) => Show(context, form)),
            map.Post("/accounts/{name}/password", "newPassword", SetPassword, (context, form) => Show(context, password: form)),
            map.Post("/accounts/{name}/delete", "", Remove, (context, form) => Show(context, kept: form.Wrong)),
        })
            route.RequireAuthorization(AccessRules.Administrator);
    }

    private IResult Create(HttpContext context, FormInput form)
    {
        var asked = new NewAccount { Name = form["name"], Role = form["role"], Password = form["password"].Length > 0 ? form["password"] : null };
        return ShowList(Blank, work.Create(asked, context).Value);
    }

    private IResult Change(HttpContext context, FormInput form)
    {
        var changed = work.Change(Name(context), new AccountChange
        {
            Role = form["role"],
            Disabled = form.Flag("disabled"),
            MustChangePassword = form.Flag("mustChangePassword"),
        }, context);
        return Results.LocalRedirect($"/accounts/{Uri.EscapeDataString(changed.Name)}");
    }

    private IResult SetPassword(HttpContext context, FormInput form)
    {
        work.SetPassword(Name(context), new PasswordChange { NewPassword = form["newPassword"] }, context);
        return Show(context, note: "The password was set. It must be changed at the next login.");
    }

    private IResult Remove(HttpContext context, FormInput form)
    {
        work.Remove(Name(context));
        return Results.LocalRedirect("/accounts");
    }

    private RazorComponentResult<AccountListPage> ShowList(FormInput form, AccountView? made = null) =>
        PageMap.Page<AccountListPage>(new AccountListModel([.. accounts.List().Select(AccountView.Of)], form, made), form);

    private RazorComponentResult<AccountPage> Show(
        HttpContext context, FormInput? form = null, FormInput? password = null, RequestException? kept = null, string? note = null)
    {
        var account = (AccountName.TryNormalise(Name(context), out var name) ? accounts.Get(name) : null) ?? throw AccountBook.NotFound(Name(context));
        var model = new AccountModel
        {
            Account = AccountView.Of(account),
            IsOwn = Caller.Of(context)!.Name == account.Name,
            Form = form ?? Of(account),
            Password = password ?? FormInput.Empty,
            Kept = kept,
            Note = note,
        };
        return PageMap.Page<AccountPage>(model, (kept ?? form?.Wrong ?? password?.Wrong)?.Status ?? StatusCodes.Status200OK);
    }

    private static FormInput Of(Account account) => new(new Dictionary<string, string>
    {
        ["role"] = account.Role.ToString(),
        ["disabled"] = account.Disabled ? "yes" : "no",
        ["mustChangePassword"] = account.MustChangePassword ? "yes" : "no",
    });

    private static string Name(HttpContext context) => context.Request.RouteValues["name"]?.ToString() ?? "";
}
