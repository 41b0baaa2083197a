using System.Globalization;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.Parts;

/// <summary>Jobs in words.</summary>
public static class JobWords
{
    public static string Of(JobState state) => state switch
    {
        JobState.WaitingForIdle => "waiting for idle",
        JobState.WaitingForStatus => "waiting for status",
        JobState.WaitingForStartUp => "waiting for start-up",
        JobState.PartlyFailed => "partly failed",
        _ => state.ToString().ToLowerInvariant(),
    };

    public static string Of(JobKind kind) => kind switch
    {
        JobKind.ReadAllItems => "Read all items",
        JobKind.ReadItems => "Read items",
        JobKind.WriteItems => "Write items",
        JobKind.FileDeployment => "Deploy files",
        JobKind.SoftwareDeployment => "Deploy firmware",
        JobKind.SecureMode => "Secure Mode",
        _ => kind.ToString(),
    };

    /// <summary>What a job is about, such as <c>sntp-addr and 2 more</c>; never a value.</summary>
    public static string About(Job job)
    {
        var names = job.Files.Count > 0 ? job.Files.Select(file => file.Name).ToList() : [.. job.Items.Select(item => item.Key.ToString())];
        return names.Count switch
        {
            0 => "",
            1 => names[0],
            _ => string.Create(CultureInfo.InvariantCulture, $"{names[0]} and {names.Count - 1} more"),
        };
    }
}
