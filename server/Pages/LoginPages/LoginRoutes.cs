using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.LoginPages;

/// <summary>Login, logout, and the change of one's own password.</summary>
internal sealed class LoginRoutes(AdminSession session)
{
    private const string ReturnUrl = "returnUrl";

    public void Map(PageMap map)
    {
        map.Get(AccessAnswer.LoginPage, ShowLogin).AllowAnonymous();
        map.Post(AccessAnswer.LoginPage, "name password returnUrl", LogIn,
            (context, form) => PageMap.Page<LoginPage>(new LoginModel(Refused(form), Target(form[ReturnUrl])), form)).AllowAnonymous();
        map.Get(AccessAnswer.PasswordPage, context => PageMap.Page<PasswordPage>(Model(context, FormInput.Empty, context.Request.Query[ReturnUrl].ToString())))
            .RequireAuthorization(AccessRules.SignedIn);
        map.Post(AccessAnswer.PasswordPage, "currentPassword newPassword again returnUrl", Change,
            (context, form) => PageMap.Page<PasswordPage>(Model(context, Refused(form), form[ReturnUrl]), form)).RequireAuthorization(AccessRules.SignedIn);
        map.Post("/logout", "", LogOut).RequireAuthorization(AccessRules.SignedIn);
    }

    private static IResult ShowLogin(HttpContext context)
    {
        var target = Target(context.Request.Query[ReturnUrl].ToString());
        return Caller.Of(context) is null
            ? PageMap.Page<LoginPage>(new LoginModel(FormInput.Empty, target))
            : Results.LocalRedirect(target);
    }

    private IResult LogIn(HttpContext context, FormInput form)
    {
        var target = Target(form[ReturnUrl]);
        var caller = session.SignIn(context, form["name"], form["password"]);
        return Results.LocalRedirect(caller.MustChangePassword ? PageRequest.Link(AccessAnswer.PasswordPage, (ReturnUrl, target)) : target);
    }

    private IResult Change(HttpContext context, FormInput form)
    {
        PasswordRules.Check("newPassword", Caller.Of(context)!.Name, form["newPassword"]);
        if (form["newPassword"] != form["again"])
            throw new RequestException("again", "", "the new password once more, the same in both fields");
        session.ChangePassword(context, form["currentPassword"], form["newPassword"]);
        return Results.LocalRedirect(Target(form[ReturnUrl]));
    }

    private IResult LogOut(HttpContext context, FormInput form)
    {
        session.SignOut(context);
        return Results.LocalRedirect(AccessAnswer.LoginPage);
    }

    /// <summary>The form to be shown again, without any password.</summary>
    private static FormInput Refused(FormInput form)
    {
        var wrong = form.Wrong!;
        return new FormInput(new Dictionary<string, string> { ["name"] = form["name"] }, new RequestException(wrong.Field, wrong.Value == "***" ? "" : wrong.Value, wrong.Allowed));
    }

    private static LoginModel Model(HttpContext context, FormInput form, string target) =>
        new(form, Target(target), Caller.Of(context)?.MustChangePassword == true);

    /// <summary>Only pages of ours: the address comes from a link that anybody may have made.</summary>
    private static string Target(string asked) => PageRequest.IsLocal(asked) && !asked.StartsWith(AccessAnswer.LoginPage, StringComparison.Ordinal) ? asked : "/";
}
