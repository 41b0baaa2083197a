using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Firmware;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator;

/// <summary>What an emulated phone is.</summary>
public sealed partial record PhoneOptions
{
    /// <summary>Path that phones post to when the address has none (field).</summary>
    public const string DefaultPath = "/DeploymentService/LoginService";

    /// <summary>The provisioning service, such as https://127.0.0.1:18443.</summary>
    public required Uri Server { get; init; }

    /// <summary>Device type, such as OpenStage 40.</summary>
    public required string Model { get; init; }

    /// <summary>A model of its own instead of one of those that come with the simulator; then <see cref="Model"/> is not read.</summary>
    public PhoneModel? CustomModel { get; init; }

    /// <summary>Firmware, such as V3 R3.24.0; null for the model's newest.</summary>
    public string? Firmware { get; init; }

    public required string Mac { get; init; }

    /// <summary>The phone's own IP address.</summary>
    public required string Address { get; init; }

    /// <summary>Port of contact-me requests, 0 for any free one. Default 8085 (WPI guide p.14).</summary>
    public int ContactMePort { get; init; } = ContactMeRequest.DefaultPort;

    /// <summary>Seed of nonces.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Names of the quirks to wear.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>The recorded phone to be: its items, spelling, headers and pauses; null for a phone by its model file.</summary>
    public Protocol.Recordings.Recording? Recording { get; init; }

    /// <summary>False when the address of the service is lost with a factory reset (p.32).</summary>
    public bool ServerFromDhcp { get; init; } = true;

    /// <summary>Most items a fragment; null for the byte limit alone.</summary>
    public int? FragmentItems { get; init; }

    /// <summary>Most bytes a message, 1,000 to 1,048,576. Default 50 kB (p.69).</summary>
    public int FragmentBytes { get; init; } = 50 * 1024;

    /// <summary>Values beside those of the model, by item or item[index].</summary>
    public IReadOnlyDictionary<string, string> Items { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Checks everything and gives the phone's identity.</summary>
    /// <exception cref="ArgumentException">A value is not allowed; the message names key, value and what is allowed.</exception>
    internal PhoneIdentity Check(IPAddress address, int port)
    {
        var model = CustomModel ?? PhoneModels.Find(Model)
            ?? throw Refuse("model", Model, string.Join(", ", PhoneModels.All.Select(model => model.DeviceType)));
        if (!IsMac(Mac))
            throw Refuse("mac", Mac, "six pairs of hex digits such as 00:1A:E8:00:00:01");
        if (Server.Scheme != Uri.UriSchemeHttps)
            throw Refuse("server", Server.ToString(), "an https address such as https://127.0.0.1:18443");
        if (FragmentItems is < 1)
            throw Refuse("fragment items", $"{FragmentItems}", "1 or more");
        if (FragmentBytes is < 1000 or > 1024 * 1024)
            throw Refuse("fragment bytes", $"{FragmentBytes}", "1000 to 1048576");
        var firmware = Firmware ?? model.Firmware[^1];
        if (!FirmwareVersion.TryParse(firmware, out var version))
            throw Refuse("firmware", firmware, "a version such as V3 R3.24.0");

        return new PhoneIdentity
        {
            Model = model,
            Firmware = version,
            Mac = Mac.ToUpperInvariant(),
            ContactMeUri = new Uri($"http://{new IPEndPoint(address, port)}{ContactMeRequest.Path}"),
            Server = Server.AbsolutePath is "/" ? new Uri(Server, DefaultPath) : Server,
            ServerFromDhcp = ServerFromDhcp,
            Items = Items,
            Recording = Recording,
            FragmentItems = FragmentItems,
            FragmentBytes = FragmentBytes,
        };
    }

    internal static bool IsMac(string text) => MacPattern().IsMatch(text);

    internal static ArgumentException Refuse(string key, string value, string allowed) =>
        new($"{key} '{value}' is not allowed; allowed is {allowed}.");

    [GeneratedRegex("^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$")]
    private static partial Regex MacPattern();
}
