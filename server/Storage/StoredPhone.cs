namespace OpenStage.Server.Storage;

/// <summary>The records of one phone as they are in the store, still sealed; null is none.</summary>
/// <param name="OpenJobs">In order of creation.</param>
internal sealed record StoredPhone(byte[]? Interaction, byte[]? Device, IReadOnlyList<byte[]> OpenJobs, byte[]? Told)
{
    public const string InteractionQuery = "SELECT body FROM interactions WHERE mac = @mac";
    public const string DeviceQuery = "SELECT body FROM devices WHERE mac = @mac";
    public const string OpenJobsQuery = "SELECT body FROM jobs WHERE mac = @mac AND is_final = 0 ORDER BY id";
    public const string ToldQuery = "SELECT told FROM device_items WHERE mac = @mac";

    /// <summary>What returns the records, in their order here.</summary>
    public static IReadOnlyList<string> Queries { get; } = [InteractionQuery, DeviceQuery, OpenJobsQuery, ToldQuery];
}
