using System.Text.Json;
using System.Text.Json.Serialization;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Models;

/// <summary>The models that can be emulated.</summary>
public static class PhoneModels
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<PhoneModel>> Embedded = new(Load);

    /// <summary>All models, the OpenStage ones first.</summary>
    public static IReadOnlyList<PhoneModel> All => Embedded.Value;

    /// <summary>The model of this device type, or null.</summary>
    public static PhoneModel? Find(string deviceType) =>
        All.FirstOrDefault(model => model.DeviceType.Equals(deviceType, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FormatException">The file breaks the form; the message names file, line, key and what is allowed.</exception>
    public static PhoneModel Parse(string file, string json)
    {
        PhoneModel model;
        try
        {
            model = JsonSerializer.Deserialize<PhoneModel>(json, Options) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{file}:{(wrong.LineNumber ?? 0) + 1}: {wrong.Path}: {wrong.Message.Split(" Path:", 2)[0]}");
        }

        foreach (var version in model.Firmware.DefaultIfEmpty(""))
        {
            if (!FirmwareVersion.TryParse(version, out _))
                throw new FormatException($"{file}: firmware: '{version}' is not allowed; allowed are versions such as V3 R3.24.0, at least one.");
        }

        foreach (var quirk in model.Quirks)
        {
            if (!QuirkUse.TryParse(quirk, out _))
                throw new FormatException($"{file}: quirks: '{quirk}' is not allowed; allowed is {QuirkUse.Allowed}.");
        }

        foreach (var (type, rule) in model.Files)
        {
            if (rule.Extensions.Count == 0 || rule.MaxBytes < 1)
                throw new FormatException($"{file}: files.{type}: allowed are at least one extension and maxBytes from 1.");
        }

        foreach (var (key, value) in model.Items)
        {
            if (!TryKey(key, out var item) || !ItemCatalogue.Default.TryGet(item.Name, out _))
                throw new FormatException($"{file}: items.{key}: no such item; allowed are the names of the catalogue, with [index] for tables.");
            if (ItemCatalogue.Default.CheckWrite(new Item(item.Name, value, item.Index)) is { Status: not ItemStatus.ReadOnly } finding)
                throw new FormatException($"{file}: items.{key}: {finding.Actual} is not allowed; allowed is {finding.Expected}.");
        }

        return model;
    }

    internal static bool TryKey(string text, out ItemKey key)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        key = new ItemKey(bracket < 0 ? text : text[..bracket]);
        if (bracket < 0)
            return true;
        if (!text.EndsWith(']') || !int.TryParse(text.AsSpan(bracket + 1, text.Length - bracket - 2), out var index))
            return false;
        key = key with { Index = index };
        return true;
    }

    private static IReadOnlyList<PhoneModel> Load()
    {
        var assembly = typeof(PhoneModels).Assembly;
        var models = new List<PhoneModel>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("models/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            models.Add(Parse(name, reader.ReadToEnd()));
        }

        return [.. models.OrderBy(model => model.DeviceType.Contains(" CP", StringComparison.Ordinal)).ThenBy(model => model.DeviceType, StringComparer.Ordinal)];
    }
}
