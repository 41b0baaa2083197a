using System.Globalization;
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
        map.Post(AccessAnswer.LoginPage, LogInAsync).AllowAnonymous();
        map.Get(AccessAnswer.PasswordPage, context => PageMap.Page<PasswordPage>(Model(context, FormInput.Empty, context.Request.Query[ReturnUrl].ToString())))
            .RequireAuthorization(AccessRules.SignedIn);
        map.Post(AccessAnswer.PasswordPage, ChangeAsync).RequireAuthorization(AccessRules.SignedIn);
        map.Post("/logout", LogOutAsync).RequireAuthorization(AccessRules.SignedIn);
    }

    private static IResult ShowLogin(HttpContext context)
    {
        var target = Target(context.Request.Query[ReturnUrl].ToString());
        return Caller.Of(context) is null
            ? PageMap.Page<LoginPage>(new LoginModel(FormInput.Empty, target))
            : Results.LocalRedirect(target);
    }

    private Task<IResult> LogInAsync(HttpContext context, FormInput form)
    {
        var target = Target(form[ReturnUrl]);
        try
        {
            var caller = session.SignIn(context, form["name"], form["password"]);
            return Task.FromResult(Results.LocalRedirect(caller.MustChangePassword ? PageRequest.Link(AccessAnswer.PasswordPage, (ReturnUrl, target)) : target));
        }
        catch (RequestException wrong)
        {
            return Task.FromResult<IResult>(PageMap.Page<LoginPage>(new LoginModel(Refused(context, form, wrong), target), wrong.Status));
        }
    }

    private Task<IResult> ChangeAsync(HttpContext context, FormInput form)
    {
        try
        {
            if (form["newPassword"] != form["again"])
                throw new RequestException("again", "", "the new password once more, the same in both fields");
            session.ChangePassword(context, form["currentPassword"], form["newPassword"]);
            return Task.FromResult(Results.LocalRedirect(Target(form[ReturnUrl])));
        }
        catch (RequestException wrong)
        {
            return Task.FromResult<IResult>(PageMap.Page<PasswordPage>(Model(context, Refused(context, form, wrong), form[ReturnUrl]), wrong.Status));
        }
    }

    private Task<IResult> LogOutAsync(HttpContext context, FormInput form)
    {
        session.SignOut(context);
        return Task.FromResult(Results.LocalRedirect(AccessAnswer.LoginPage));
    }

    /// <summary>The form to be shown again, without any password.</summary>
    private static FormInput Refused(HttpContext context, FormInput form, RequestException wrong)
    {
        if (wrong.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new FormInput(new Dictionary<string, string> { ["name"] = form["name"] }, new RequestException(wrong.Field, wrong.Value == "***" ? "" : wrong.Value, wrong.Allowed));
    }

    private static LoginModel Model(HttpContext context, FormInput form, string target) =>
        new(form, Target(target), Caller.Of(context)?.MustChangePassword == true);

    /// <summary>Only pages of ours: the address comes from a link that anybody may have made.</summary>
    private static string Target(string asked) => PageRequest.IsLocal(asked) && !asked.StartsWith(AccessAnswer.LoginPage, StringComparison.Ordinal) ? asked : "/";
}
