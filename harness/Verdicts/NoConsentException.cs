namespace OpenStage.Harness.Verdicts;

/// <summary>A case was about to do what the owner of the phone does not allow; nothing was sent.</summary>
public sealed class NoConsentException(string what) : Exception($"not run: no consent to {what}");
