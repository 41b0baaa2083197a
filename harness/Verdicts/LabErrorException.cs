namespace OpenStage.Harness.Verdicts;

/// <summary>The lab itself failed: port in use, cable out, phone never there. Never counted against a phone.</summary>
public sealed class LabErrorException(string message, Exception? inner = null) : Exception(message, inner);
