using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Mobility;

/// <summary>What a mobile user shall be; what is missing stays as it is.</summary>
public sealed record NewMobileUser
{
    /// <summary>What the user enters at the phone, 1 to 64 characters; needed for a new user.</summary>
    [Allowed(Shortest = 1, Longest = 64)]
    public string? Password { get; init; }

    /// <summary>What is written to a phone at a logon.</summary>
    [Allowed(Longest = 1000)]
    public IReadOnlyList<NewJobItem?>? Profile { get; init; }
}
