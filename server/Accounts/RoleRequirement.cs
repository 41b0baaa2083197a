using Microsoft.AspNetCore.Authorization;

namespace OpenStage.Server.Accounts;

/// <summary>A role that a caller must have.</summary>
/// <param name="Least">Null for what the method asks: Viewer to read, Operator to change.</param>
internal sealed record RoleRequirement(Role? Least) : IAuthorizationRequirement;
