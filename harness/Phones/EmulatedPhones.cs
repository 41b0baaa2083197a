using System.Net;
using System.Net.Sockets;
using OpenStage.Harness.Lab;
using OpenStage.Protocol.ContactMe;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Harness.Phones;

/// <summary>What the simulator offers to lab files.</summary>
internal static class EmulatedPhones
{
    /// <summary>Device types that can be emulated.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. PhoneModels.All.Select(model => model.DeviceType)];

    /// <summary>What may stand for a quirk, in words.</summary>
    public const string AllowedQuirks = QuirkUse.Allowed;

    public static bool IsQuirk(string text) => QuirkUse.TryParse(text, out _);

    /// <summary>The model of a phone without the items that it is not to have; null when it is the model as it is.</summary>
    public static PhoneModel? Reduced(LabPhone phone) => phone.WithoutItems.Count == 0 || PhoneModels.Find(phone.Model) is not { } model ? null
        : model with { NotSupported = model.NotSupported with { Items = [.. model.NotSupported.Items, .. phone.WithoutItems] } };

    /// <summary>A loopback address whose contact-me port nobody has, so that two labs can run side by side.</summary>
    public static string FreeAddress(IReadOnlyList<LabPhone> phones, int number)
    {
        var taken = phones.Select(phone => phone.Address).ToHashSet();
        for (var candidate = number; candidate < 60_000; candidate += Math.Max(1, phones.Count))
        {
            var address = $"127.20.{candidate / 250}.{(candidate % 250) + 1}";
            if (!taken.Contains(address) && IsFree(IPAddress.Parse(address)))
                return address;
        }

        return "127.0.0.1";
    }

    private static bool IsFree(IPAddress address)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, ContactMeRequest.DefaultPort));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
