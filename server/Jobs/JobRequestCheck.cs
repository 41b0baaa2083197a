using System.Globalization;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Jobs;

/// <summary>Refuses jobs that cannot be, as far as the request alone shows it.</summary>
internal static class JobRequestCheck
{
    /// <returns>The phone's MAC address in normal form.</returns>
    /// <exception cref="RequestException">Something in the request is not allowed.</exception>
    public static string Check(JobRequest request)
    {
        if (!MacAddress.TryNormalise(request.Mac, out var mac))
            throw new RequestException("mac", request.Mac, "a MAC address such as 00:1A:E8:00:00:01");
        if (!Enum.IsDefined(request.Kind))
            throw new RequestException("kind", request.Kind.ToString(), string.Join(", ", Enum.GetNames<JobKind>()));
        if (request.Priority is < -100 or > 100)
            throw new RequestException("priority", request.Priority.ToString(CultureInfo.InvariantCulture), "-100 to 100");
        if (request.Lifetime is { } span && (span < TimeSpan.FromSeconds(1) || span > TimeSpan.FromDays(365)))
            throw new RequestException("lifetime", span.ToString("c", CultureInfo.InvariantCulture), "1 s to 365 days");
        CheckCounts(request);
        ItemListCheck.Check(request.Items, "items");
        ItemListCheck.Check(request.ReadBack, "readBack");
        CheckSecureMode(request);
        DeploymentCheck.Check(request);
        return mac;
    }

    /// <summary>What goes with it, certificate and PIN, is made in one place only; no other message carries the item (WPI guide p.62).</summary>
    private static void CheckSecureMode(JobRequest request)
    {
        const string Instead = "POST /api/devices/{mac}/secure-mode brings a phone to Secure Mode";
        if (request.Kind == JobKind.SecureMode && request.Bootstrapping is null)
            throw new RequestException("kind", request.Kind.ToString(), $"any other kind; {Instead}");
        for (var index = 0; request.Kind == JobKind.WriteItems && index < request.Items.Count; index++)
        {
            if (request.Items[index].Name == "goto-secure-mode")
                throw new RequestException(string.Create(CultureInfo.InvariantCulture, $"items[{index}].name"), "goto-secure-mode", $"any other item; {Instead}");
        }
    }

    private static void CheckCounts(JobRequest request)
    {
        var needsItems = request.Kind is JobKind.ReadItems or JobKind.WriteItems;
        if (needsItems && request.Items.Count is 0 or > ItemListCheck.MostItems)
            throw new RequestException("items", Count(request.Items), $"1 to {ItemListCheck.MostItems} items for {request.Kind}");
        var takesItems = needsItems || request.Kind is JobKind.Restart or JobKind.SecureMode;
        if (!takesItems && request.Items.Count > 0)
            throw new RequestException("items", Count(request.Items), $"no items for {request.Kind}");
        if (request.Kind != JobKind.WriteItems && request.ReadBack.Count > 0)
            throw new RequestException("readBack", Count(request.ReadBack), $"no items for {request.Kind}, only for {JobKind.WriteItems}");
        if (request.ReadBack.Count > ItemListCheck.MostItems)
            throw new RequestException("readBack", Count(request.ReadBack), $"0 to {ItemListCheck.MostItems} items");
    }

    private static string Count(IReadOnlyList<Item> items) => string.Create(CultureInfo.InvariantCulture, $"{items.Count} items");
}
