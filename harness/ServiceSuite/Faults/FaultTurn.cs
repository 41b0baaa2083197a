using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>One exchange in the hands of a faulty service.</summary>
/// <param name="Answer">The service's answer; empty while the request is on its way.</param>
/// <param name="IsFirst">True for the first exchange of a connection.</param>
internal sealed partial record FaultTurn(RawMessage Request, RawMessage Answer, FaultMemory Memory, bool IsFirst)
{
    /// <summary>Bodies byte for byte: each character is one.</summary>
    public string Asked => Encoding.Latin1.GetString(Request.Body);

    public string Text => Encoding.Latin1.GetString(Answer.Body);

    public string Reason => ReasonText().Match(Asked).Groups[1].Value.Trim();

    public string Action => ActionText().Match(Text).Groups[1].Value;

    public string Nonce => NonceText().Match(Asked).Groups[1].Value;

    public string? Cookie => HttpExchange.Header(Request.Headers, "Cookie");

    /// <summary>True for a body that is no whole message.</summary>
    public bool IsBroken => !Asked.Contains("</WorkpointMessage>", StringComparison.Ordinal) || Asked.Contains("<!DOCTYPE", StringComparison.Ordinal);

    /// <summary>The answer with another body.</summary>
    public RawMessage With(string text) => Answer with { Body = Encoding.Latin1.GetBytes(text) };

    /// <summary>The answer with a part of its body replaced.</summary>
    public RawMessage Replaced(string pattern, string replacement) => With(Regex.Replace(Text, pattern, replacement, RegexOptions.Singleline, TimeSpan.FromSeconds(5)));

    /// <summary>The request with a part of its body replaced.</summary>
    public RawMessage AskedReplaced(string pattern, string replacement) =>
        Request with { Body = Encoding.Latin1.GetBytes(Regex.Replace(Asked, pattern, replacement, RegexOptions.Singleline, TimeSpan.FromSeconds(5))) };

    /// <summary>A message with another action in place of the answer.</summary>
    public RawMessage Instead(string action) =>
        Status(200) with { Body = Encoding.Latin1.GetBytes($"<DLSMessage><Message nonce=\"{Nonce}\"><Action>{action}</Action></Message></DLSMessage>") };

    /// <summary>An answer with another status and nothing in it.</summary>
    public static RawMessage Status(int status) => new(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Fault"), [new("Content-Type", "text/xml; charset=UTF-8"), new("Content-Length", "0")], []);

    /// <summary>The message with a header replaced, or taken away when the value is null.</summary>
    public static RawMessage WithHeader(RawMessage message, string name, string? value)
    {
        var others = message.Headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return message with { Headers = value is null ? [.. others] : [.. others, new HttpHeader(name, value)] };
    }

    [GeneratedRegex("<ReasonForContact[^>]*>([^<]*)<")]
    private static partial Regex ReasonText();

    [GeneratedRegex("<Action>([^<]*)</Action>")]
    private static partial Regex ActionText();

    [GeneratedRegex("nonce=\"([^\"]*)\"")]
    private static partial Regex NonceText();
}
