using System.Text.Json.Serialization;

namespace OpenStage.Simulator.Models;

/// <summary>What makes a phone this model; read from fixtures/models and shared by all phones of the model.</summary>
public sealed record PhoneModel
{
    /// <summary>The device-type item (WPI guide p.35).</summary>
    [JsonRequired] public string DeviceType { get; init; } = "";

    [JsonRequired] public string PartNumber { get; init; } = "";

    /// <summary>Firmware versions it can be given, oldest first; the last is the default.</summary>
    [JsonRequired] public IReadOnlyList<string> Firmware { get; init; } = [];

    /// <summary>The backlight-type item, or null where the model has none.</summary>
    public string? BacklightType { get; init; }

    public bool GigabitEthernet { get; init; }

    [JsonRequired] public KeyLayout Keys { get; init; } = new();

    [JsonRequired] public PhoneScreen Display { get; init; } = new();

    [JsonRequired] public UnsupportedItems NotSupported { get; init; } = new();

    /// <summary>Files that it takes, by file-type (WPI guide p.178).</summary>
    [JsonRequired] public IReadOnlyDictionary<string, FileRule> Files { get; init; } = new Dictionary<string, FileRule>();

    /// <summary>Quirks that phones of this model always have.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Values that the phone comes with, by item or item[index].</summary>
    [JsonRequired] public IReadOnlyDictionary<string, string> Items { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the facts of the file are from.</summary>
    [JsonRequired] public IReadOnlyList<string> Sources { get; init; } = [];
}
