using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>A job that a service under test is to create.</summary>
/// <param name="Mac">MAC address of the phone.</param>
public sealed record ServiceJob(string Mac, ServiceJobKind Kind)
{
    /// <summary>Items to be read or written.</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    /// <summary>HTTPS addresses of the files of a deployment, each with the file's name at its end.</summary>
    public IReadOnlyList<Uri> Files { get; init; } = [];

    /// <summary>Type of the files, such as LOGO (WPI guide p.245).</summary>
    public string FileType { get; init; } = "";

    /// <summary>Version of firmware as phones report it, such as V3 R5.13.0.</summary>
    public string Version { get; init; } = "";

    /// <summary>PIN for the change to Secure Mode (p.65), or empty.</summary>
    public string Pin { get; init; } = "";

    /// <summary>What the phone shall poll.</summary>
    public Uri? PollUrl { get; init; }
}
