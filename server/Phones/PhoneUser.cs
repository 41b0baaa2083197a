namespace OpenStage.Server.Phones;

/// <summary>Someone with an extension at the PBX, and with phones.</summary>
internal sealed record PhoneUser
{
    /// <summary>Opaque; 12 characters.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 64 characters, of one user only; the account of the same name is this user's.</summary>
    public string Name { get; init; } = "";

    /// <summary>3 to 64 digits, of one user only.</summary>
    public string ExtensionNumber { get; init; } = "";

    /// <summary>The SIP password, or null when the server does not know it.</summary>
    public string? ExtensionPassword { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }
}
