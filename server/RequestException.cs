using System.Text;

namespace OpenStage.Server;

/// <summary>Something was asked for that cannot be.</summary>
/// <param name="field">The field, such as <c>items[1].name</c>.</param>
/// <param name="value">Its value; of a secret, what can be said of it.</param>
/// <param name="allowed">What is allowed, in words that follow "allowed is".</param>
public sealed class RequestException(string field, string value, string allowed)
    : ArgumentException(null, Shown(field))
{
    /// <summary>All of it in words, without what <see cref="ArgumentException"/> adds for programmers.</summary>
    public override string Message => $"{Field} '{Value}': allowed is {Allowed}.";

    public string Field { get; } = Shown(field);

    public string Value { get; } = Shown(value);

    public string Allowed { get; } = Shown(allowed, int.MaxValue);

    /// <summary>HTTP status of the refusal: 400 for a wrong value, 404 for what is not there, 409 for what contradicts the present state.</summary>
    public int Status { get; init; } = 400;

    /// <summary>Code of the API's error body, when the status alone does not tell; null for the one of the status.</summary>
    public string? Code { get; init; }

    /// <summary>When it makes sense to ask again; null when that is not a matter of time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Refuses what is not there.</summary>
    public static RequestException NotFound(string field, string value, string allowed) => new(field, value, allowed) { Status = 404 };

    /// <summary>Refuses what contradicts the present state.</summary>
    public static RequestException Conflict(string field, string value, string allowed) => new(field, value, allowed) { Status = 409 };

    /// <summary>The beginning of a text, without half characters: neither JSON nor a page can carry one.</summary>
    private static string Shown(string text, int most = 200) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length <= most ? text : text[..most]));
}
