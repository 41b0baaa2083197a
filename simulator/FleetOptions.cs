using System.Globalization;
using System.Net;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator;

/// <summary>Many phones made from one: MAC addresses and loopback addresses count up, models are taken in turn.</summary>
internal static class FleetOptions
{
    private const int Most = 10_000;

    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public static IReadOnlyList<PhoneOptions> Phones(PhoneOptions first, int count, IReadOnlyList<string> models)
    {
        if (count is < 1 or > Most)
            throw PhoneOptions.Refuse("count", $"{count}", $"1 to {Most}");
        if (!PhoneOptions.IsMac(first.Mac))
            throw PhoneOptions.Refuse("mac", first.Mac, "six pairs of hex digits such as 00:1A:E8:10:00:00");
        if (!IPAddress.TryParse(first.Address, out var address) || address.GetAddressBytes() is not [127, var high, var middle, var low])
            throw PhoneOptions.Refuse("address", first.Address, "a loopback address such as 127.60.0.1");
        var mac = long.Parse(first.Mac.Replace(":", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var start = (high << 16) + (middle << 8) + low;
        if (start + count >= 0xFFFFFF || mac + count > 0xFFFFFFFFFFFF)
            throw PhoneOptions.Refuse("count", $"{count}", "as many as there are addresses behind the first one");
        if (models.Count == 0)
            models = [.. PhoneModels.All.Select(model => model.DeviceType).Where(model => model.StartsWith("OpenStage", StringComparison.Ordinal))];
        return [.. Enumerable.Range(0, count).Select(number => first with
        {
            Model = models[number % models.Count],
            Mac = string.Join(':', (mac + number).ToString("X12", CultureInfo.InvariantCulture).Chunk(2).Select(pair => new string(pair))),
            Address = string.Create(CultureInfo.InvariantCulture, $"127.{(start + number) >> 16}.{((start + number) >> 8) & 255}.{(start + number) & 255}"),
        })];
    }
}
