using OpenStage.Harness.Phones;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>A case that differs from others in its data alone: a row of a table.</summary>
/// <param name="Title">The case as a sentence.</param>
/// <param name="Requirement">What the guide asks for, in our words.</param>
/// <param name="Quirk">The quirk of a phone, or the fault of a service, that this case must catch; tested.</param>
public abstract record TableCase(string Id, Level Level, int Page, string Title, string Requirement, string Quirk)
{
    public Capability Needs { get; init; }

    /// <summary>What a service must be able to do, for cases of the server suite.</summary>
    public ServiceCapability ServiceNeeds { get; init; }

    public Maturity Maturity { get; init; } = Maturity.EmulatorProven;

    internal CaseInfo Describe(string section) => new()
    {
        Id = Id,
        Section = section,
        Page = Page,
        Title = Title,
        Level = Level,
        Requirement = Requirement,
        Maturity = Maturity,
        Rules = [.. ConformanceRules.Book.CheckedBy(Id).Select(rule => rule.Id)],
        Needs = Needs,
        ServiceNeeds = ServiceNeeds,
        Catches = [Quirk],
    };

    public sealed override string ToString() => Id;
}
