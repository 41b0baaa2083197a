using Microsoft.Extensions.Primitives;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>The session cookie as the genuine service has it (field): <c>JSESSIONID=…; Path=/DeploymentService; Secure</c>.</summary>
internal static class SessionCookie
{
    public const string Name = "JSESSIONID";

    /// <summary>Sessions more than a phone could sensibly present are not looked up.</summary>
    private const int MostLookedUp = 8;

    /// <summary>The sessions a request presents. Phones return attributes such as path as if they were cookies (field).</summary>
    public static IReadOnlyList<string> Read(StringValues headers)
    {
        var found = new List<string>();
        foreach (var header in headers)
        {
            foreach (var pair in (header ?? "").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0 || !pair.AsSpan(0, equals).TrimEnd().Equals(Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                var value = pair[(equals + 1)..].Trim().Trim('"');
                if (value.Length == 32 && found.Count < MostLookedUp && !found.Contains(value))
                    found.Add(value);
            }
        }

        return found;
    }

    /// <param name="path">Path the phone posted to; its first segment limits the cookie.</param>
    public static string Write(string value, string path)
    {
        var end = path.IndexOf('/', 1);
        return $"{Name}={value}; Path={(end < 0 ? path : path[..end])}; Secure";
    }
}
