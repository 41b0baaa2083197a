using System.Text.RegularExpressions;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>
/// A flow in a few words, as the charts of the guide have it: reasons of the phone, actions of the service, events. Taken
/// from the text of the transcript itself, so that what a flow says it covers can be checked against what it has.
/// </summary>
internal static partial class FlowWords
{
    /// <summary>The words of all steps in order; time that passes is none.</summary>
    public static IReadOnlyList<string> Of(FlowFile flow) => [.. flow.Steps.SelectMany(Of)];

    /// <summary>True when these words stand in the flow one right after another.</summary>
    public static bool Has(FlowFile flow, IReadOnlyList<string> wanted)
    {
        var words = Of(flow);
        return Enumerable.Range(0, Math.Max(0, words.Count - wanted.Count + 1)).Any(start => words.Skip(start).Take(wanted.Count).SequenceEqual(wanted));
    }

    private static IEnumerable<string> Of(FlowStep step)
    {
        var kind = step.Kind.Split(' ');
        return kind[0] switch
        {
            "phone" => [(kind.Length > 1 ? kind[1] + " " : "") + OfPhone(step.Text)],
            "service" => [OfService(step.Text)],
            "event" when kind[1] == "advance" => [],
            "event" when kind[1] == "contact-me" => ["contact-me", step.Text.Split(' ').ElementAtOrDefault(1) ?? ""],
            "event" => [kind[1]],
            _ => [kind[0]],
        };
    }

    /// <summary>The reason with its status, or the method of a request that is no message.</summary>
    private static string OfPhone(string text)
    {
        var reason = Reason().Match(text);
        if (!reason.Success)
            return text.Split(' ')[0];
        var status = Status().Match(reason.Value);
        return reason.Groups["reason"].Value
            + (status.Success ? " " + status.Groups[1].Value : "")
            + (text.Contains("fragment=\"next\"", StringComparison.Ordinal) ? " next" : "");
    }

    /// <summary>The action with what a CleanUp asks for, or the HTTP status of an answer without message.</summary>
    private static string OfService(string text)
    {
        var action = Action().Match(text);
        if (!action.Success)
            return text.Split(' ')[1];
        if (action.Groups[1].Value != "CleanUp")
            return action.Groups[1].Value;
        var reason = CleanUpReason().Match(text);
        return "CleanUp" + (text.Contains("\"send-solicited\">true<", StringComparison.Ordinal) ? "+send-solicited" : "") + (reason.Success ? $"+{reason.Groups[1].Value}" : "");
    }

    [GeneratedRegex("<ReasonForContact[^>]*>(?<reason>[^<]*)<")]
    private static partial Regex Reason();

    [GeneratedRegex(" status=\"([^\"]*)\"")]
    private static partial Regex Status();

    [GeneratedRegex("<Action>([^<]*)<")]
    private static partial Regex Action();

    [GeneratedRegex("\"cleanup-reason\">([^<]*)<")]
    private static partial Regex CleanUpReason();
}
