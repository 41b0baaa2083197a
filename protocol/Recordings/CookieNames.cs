namespace OpenStage.Protocol.Recordings;

/// <summary>
/// Gives every cookie value a name, the same one whenever it comes again: which cookie a phone sends when is its habit,
/// the value is a secret. Whatever is no attribute of Set-Cookie counts as a value, known or not.
/// </summary>
internal sealed class CookieNames
{
    private readonly Dictionary<string, string> names = [];

    /// <summary>A Cookie or Set-Cookie header with the values replaced, all else as it was.</summary>
    public string Mask(string header) => string.Join(';', header.Split(';').Select((part, position) => MaskPart(part, position > 0)));

    private string MaskPart(string part, bool canBeAttribute)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : part[..equals].Trim();
        var value = part[(equals + 1)..].Trim();
        if (value.Length == 0 || (canBeAttribute && IsAttribute(name, value)))
            return part;
        if (!names.TryGetValue(value, out var masked))
            names[value] = masked = $"COOKIE-{names.Count + 1}";
        var start = part.IndexOf(value, equals + 1, StringComparison.Ordinal);
        return part[..start] + masked + part[(start + value.Length)..];
    }

    // A second cookie joined by a comma stands in an attribute: the equals sign in its value gives it away.
    private static bool IsAttribute(string name, string value) => name.ToUpperInvariant() switch
    {
        "" => value.ToUpperInvariant() is "SECURE" or "HTTPONLY" or "PARTITIONED",
        "PATH" or "DOMAIN" or "EXPIRES" or "MAX-AGE" or "SAMESITE" or "VERSION" => !value.Contains('=', StringComparison.Ordinal),
        _ => false,
    };
}
