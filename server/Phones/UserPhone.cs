namespace OpenStage.Server.Phones;

/// <summary>A phone that a user has, with what its administrator chose for it.</summary>
internal sealed record UserPhone
{
    /// <summary>Opaque; 12 characters.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>MAC address in normal form.</summary>
    public required string Mac { get; init; }

    /// <summary>Template, which holds the model's profile.</summary>
    public required string Filename { get; init; }

    public required string Vendor { get; init; }

    public required string Model { get; init; }

    /// <summary>Password of the phone's own web pages.</summary>
    public string Password { get; init; } = "";

    public string Language { get; init; } = "";

    public string Transfer { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string? Ringtone { get; init; }

    public string? QueueRingtone { get; init; }

    public string? ExternalRingtone { get; init; }

    public string? DateFormat { get; init; }

    public string? TimeFormat { get; init; }

    public string? PowerLed { get; init; }

    public string? Backlight { get; init; }

    public string? Screensaver { get; init; }

    public bool? Rps { get; init; }

    public bool? Https { get; init; }

    public IReadOnlyList<string> Codecs { get; init; } = [];

    public bool? EnableLldp { get; init; }

    public bool? EnableVlanWanPort { get; init; }

    public int? WanPortId { get; init; }

    public int? WanPortPriority { get; init; }

    public bool? EnableVlanPcPort { get; init; }

    public int? PcPortId { get; init; }

    public int? PcPortPriority { get; init; }

    public string Interface { get; init; } = "";

    public string PreferredTransport { get; init; } = "";

    public string? SerialNumber { get; init; }

    public string? DoorPassword1 { get; init; }

    public string? DoorPassword2 { get; init; }

    /// <summary>Secrets that jobs have brought to the phone, which does not tell them when it is read.</summary>
    public IReadOnlyList<GivenSecret> Given { get; init; } = [];
}
