using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpenStage.Protocol.Items;

/// <summary>Tells items whose values must not reach logs, transcripts, reports or pages.</summary>
public static partial class SecretItems
{
    /// <summary>Secrets whose type does not say so: PINs, certificates with keys, the bootstrapping bundle (WPI guide p.60-68).</summary>
    private static readonly FrozenSet<string> Known = new[]
    {
        "bt-pin", "cloud-pin-value", "dls-client-certificate", "wbm-server-certificate", "secure-mode-data",
        "bootstrapping-tan", "user-pwd-hash",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parts that make an unknown name a secret's, wherever they stand in it.</summary>
    private static readonly string[] Parts = ["pwd", "passw", "passphrase", "secret", "private-key", "privatekey", "credential"];

    /// <summary>Whole words that do the same: too short to be looked for inside words such as mapping.</summary>
    private static readonly FrozenSet<string> Words =
        new[] { "pin", "tan", "psk", "pass", "puk" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Last words that make such a name a setting about secrets instead.</summary>
    private static readonly FrozenSet<string> SettingWords = new[]
    {
        "status", "history", "expiry", "length", "retries", "lastchanged", "period", "duration", "days", "policy",
        "upper", "lower", "digit", "punct", "set", "logoff", "enabled", "required", "allowed",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Without case: a peer that spells User-Pwd sends a password all the same.
    private static readonly Lazy<FrozenDictionary<string, bool>> Catalogue = new(() => ItemCatalogue.Default.All.ToFrozenDictionary(
        item => item.Name, item => item.Type == ItemType.Password || Known.Contains(item.Name), StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// True for passwords, PINs, keys and certificates with keys. The catalogue decides for the names it knows; of
    /// others, those that look like a secret are taken for one.
    /// </summary>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Known.Contains(name))
            return true;
        return Catalogue.Value.TryGetValue(name, out var isSecret) ? isSecret : LooksSecret(name);
    }

    private static bool LooksSecret(string name)
    {
        var looks = false;
        foreach (var part in Parts)
            looks |= name.Contains(part, StringComparison.OrdinalIgnoreCase);

        var last = "";
        foreach (var word in Word().EnumerateMatches(name))
        {
            last = name.Substring(word.Index, word.Length);
            looks |= Words.Contains(last);
        }

        return looks && !SettingWords.Contains(last);
    }

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
