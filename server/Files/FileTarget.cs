using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Files;

/// <summary>What a request to the file area asks for: <c>/files/{job}/{n}/{token}/{name}</c>.</summary>
/// <param name="Index">Position of the file in the job.</param>
internal sealed partial record FileTarget(long Job, int Index, string Token, string Name)
{
    public const string Area = "/files/";

    private const string Hidden = "***";

    /// <summary>True when a path or raw request target leads into the area.</summary>
    public static bool Covers(string path) => path.StartsWith(Area, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a raw request target apart; there is exactly one way to write each.</summary>
    /// <remarks>Nothing in it names a file of this machine, so no <c>..</c> leads anywhere; it is refused all the same.</remarks>
    public static FileTarget? Parse(string target)
    {
        var match = Form().Match(target);
        return match.Success
            && long.TryParse(match.Groups["job"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var job)
            ? new FileTarget(job, int.Parse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                match.Groups["token"].Value, Uri.UnescapeDataString(match.Groups["name"].Value))
            : null;
    }

    /// <summary>A request target that may be shown: tokens give files away.</summary>
    public static string Masked(string target)
    {
        var parts = target.Split('/');
        // Where a token belongs, and wherever else something looks like one.
        for (var index = 0; index < parts.Length; index++)
            parts[index] = index == 4 ? Hidden : TokenLike().Replace(parts[index], Hidden);
        return string.Join('/', parts);
    }

    [GeneratedRegex(@"^/files/(?<job>[1-9][0-9]{0,18})/(?<index>0|[1-9][0-9]?)/(?<token>[A-Za-z0-9_-]{43})/(?<name>[^/?#\\]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("[A-Za-z0-9_-]{43,}", RegexOptions.CultureInvariant)]
    private static partial Regex TokenLike();
}
