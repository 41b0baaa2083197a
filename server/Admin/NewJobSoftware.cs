using OpenStage.Server.Description;

namespace OpenStage.Server.Admin;

/// <summary>The image of a SoftwareDeployment.</summary>
public sealed record NewJobSoftware
{
    /// <summary>Version that the phone shall report afterwards, such as V3 R5.12.0; default is the library's.</summary>
    [Allowed(Longest = 64)]
    public string? Version { get; init; }

    /// <summary>Default is the library's, or Siemens SIP.</summary>
    [Allowed(Shortest = 1, Longest = 64)]
    public string? SoftwareType { get; init; }

    /// <summary>True when the phone shall take it only while it is idle; default false, which also ends a call.</summary>
    public bool WhenIdle { get; init; }
}
