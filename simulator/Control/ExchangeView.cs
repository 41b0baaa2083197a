using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Wire;

namespace OpenStage.Simulator.Control;

/// <summary>An exchange as it may be shown: secrets masked.</summary>
/// <param name="Number">Counts up over all phones of the process.</param>
/// <param name="OffsetSeconds">Since the phone was made.</param>
/// <param name="Sent">What the phone said, in words, such as reply-to WriteItems accepted.</param>
/// <param name="Answered">What was answered, such as CleanUp, or the reason why nothing was.</param>
internal sealed partial record ExchangeView(
    long Number, double OffsetSeconds, string Method, string Target, int? Status, string Error, string Sent, string Answered,
    int RequestBytes, int ResponseBytes, string Request, string Response)
{
    public static ExchangeView Of(long number, HttpExchange exchange)
    {
        var request = Encoding.UTF8.GetString(TranscriptMask.Mask(exchange.RequestBody));
        var response = Encoding.UTF8.GetString(TranscriptMask.Mask(exchange.ResponseBody));
        var sent = exchange.Kind == ExchangeKind.Poll ? "poll" : Reason().Match(request) is { Success: true } reason
            ? string.Join(' ', new[] { reason.Groups["text"].Value.Trim(), Attribute(reason.Value, "action"), Attribute(reason.Value, "status") }.Where(word => word.Length > 0))
            : exchange.Method;
        var answered = Action().Match(response) is { Success: true } action ? action.Groups[1].Value.Trim()
            : exchange.Status is { } status ? $"{status}" : exchange.Error;
        return new ExchangeView(
            number, Math.Round(exchange.Offset.TotalSeconds, 3), exchange.Method, exchange.Target, exchange.Status, exchange.Error, sent, answered,
            exchange.RequestBody.Length, exchange.ResponseBody.Length, request, response);
    }

    private static string Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $" {name}=\"([^\"]*)\"");
        return match.Success ? match.Groups[1].Value : "";
    }

    [GeneratedRegex("<ReasonForContact[^>]*>(?<text>[^<]*)")]
    private static partial Regex Reason();

    [GeneratedRegex("<Action>([^<]*)")]
    private static partial Regex Action();
}
