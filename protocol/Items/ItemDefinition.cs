using System.Collections.Frozen;

namespace OpenStage.Protocol.Items;

/// <summary>One of the 479 data items.</summary>
public sealed record ItemDefinition
{
    public required string Name { get; init; }

    /// <summary>The part of the phone it belongs to, such as network, keys or sip.</summary>
    public required string Group { get; init; }

    public required IndexRule Index { get; init; }

    /// <summary>Lowest index of a table; most start at 1, dls-server-ca at 0 (WPI guide p.64).</summary>
    public int MinimumIndex { get; init; }

    /// <summary>Highest index, or null where it depends on the model or is not known.</summary>
    public int? MaximumIndex { get; init; }

    public required ItemType Type { get; init; }

    /// <summary>Least number, for integers.</summary>
    public int? Minimum { get; init; }

    /// <summary>Greatest number, for integers; null where it is not known.</summary>
    public int? Maximum { get; init; }

    /// <summary>Most characters, for texts.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>Codes with their meanings, for choices.</summary>
    public FrozenDictionary<string, string> Choices { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Default of the phone; the text NULL means empty, an empty text that it is not known.</summary>
    public required string Default { get; init; }

    public required ItemAccess Access { get; init; }

    /// <summary>Models or firmware that have it, as far as known.</summary>
    public required string Availability { get; init; }

    /// <summary>Where this is known from: guide pages, manuals, field.</summary>
    public required string Source { get; init; }

    /// <summary>The first page of the WPI guide that the source names, or null.</summary>
    public int? GuidePage { get; init; }

    public required string Meaning { get; init; }

    /// <summary>True when the value must not be shown or logged.</summary>
    public bool IsSecret => SecretItems.IsSecret(Name);

    /// <summary>What a value may be, in words, for error messages.</summary>
    public string Allowed => Type switch
    {
        ItemType.Boolean => "true or false",
        ItemType.Number => $"a whole number{(Minimum is { } least ? $" from {least}" : "")}{(Maximum is { } most ? $" to {most}" : "")}",
        ItemType.Choice => string.Join(", ", Choices.Keys.OrderBy(code => code.Length).ThenBy(code => code, StringComparer.Ordinal)),
        ItemType.Host => "an IP address or a host name",
        ItemType.Mac => "a MAC address such as 00:1A:E8:00:00:01",
        ItemType.Binary => "base64",
        ItemType.Certificate => "a certificate as PEM or base64",
        ItemType.Url => "an absolute address",
        ItemType.DateTime => "a date and time such as 2038-01-19T03:14:07+00:00",
        _ => MaximumLength is { } length ? $"at most {length} characters" : "a text",
    };
}
