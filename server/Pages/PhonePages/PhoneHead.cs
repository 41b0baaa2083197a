using OpenStage.Server.Devices;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What stands above each page of one phone.</summary>
/// <param name="OpenJobs">Jobs that are not over.</param>
/// <param name="Items">Items that are known of the phone.</param>
public sealed record PhoneHead(Device Phone, long OpenJobs, int Items);
