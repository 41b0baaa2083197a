using System.Collections.Frozen;

namespace OpenStage.Protocol.Items;

/// <summary>Tells items whose values must not reach logs, transcripts, reports or pages.</summary>
public static class SecretItems
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "bt-pin", "cloud-pin-value", "dls-client-certificate", "wbm-server-certificate", "secure-mode-data",
        "bootstrapping-tan", "user-pwd-hash",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that make a name a password's.</summary>
    private static readonly string[] Words = ["pwd", "passwd", "password", "passw", "secret", "private-key"];

    /// <summary>Words that make such a name a setting about passwords instead.</summary>
    private static readonly string[] SettingWords =
    [
        "status", "history", "expiry", "length", "retries", "lastchanged", "period", "duration", "upper", "lower",
        "digit", "punct", "policy", "days", "char-set", "on-logoff", "fault-report", "fault-time", "enable",
    ];

    /// <summary>True for passwords, PINs, keys and certificates with keys; names that look like a password are taken for one.</summary>
    public static bool IsSecret(string name)
    {
        if (Known.Contains(name))
            return true;
        return Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !SettingWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
