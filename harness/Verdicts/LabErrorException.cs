namespace OpenStage.Harness.Verdicts;

/// <summary>The lab itself failed: port in use, cable out, phone never there. Never counted against a phone.</summary>
/// <param name="advice">What to do next, in words for whoever stands in the lab; empty when the message says it.</param>
public sealed class LabErrorException(string message, Exception? inner = null, string advice = "") : Exception(message, inner)
{
    public string Advice { get; } = advice;
}
