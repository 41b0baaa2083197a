using Microsoft.AspNetCore.Authorization;

namespace OpenStage.Server.Accounts;

/// <summary>Lets those through who have the role.</summary>
internal sealed class RoleRequirementHandler : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        var request = context.Resource as HttpContext;
        var least = requirement.Least ?? (request is not null && AccessRules.IsReading(request.Request.Method) ? Role.Viewer : Role.Operator);
        if (requirement.Least is null && request is not null && AccessRules.IsOpen(request.Request))
            context.Succeed(requirement);
        else if (Caller.Of(context.User) is { } caller && caller.May(least))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
