namespace OpenStage.Harness.Rules;

/// <summary>Who has to keep a rule.</summary>
public enum RuleSide
{
    Phone,
    Server,
    Both,
}
