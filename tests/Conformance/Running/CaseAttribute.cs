using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Phones;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>One conformance case: what the guide asks for, where, how strongly, and which quirk it must catch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CaseAttribute(string id, Level level, string requirement) : TestAttribute, IApplyToTest, IWrapTestMethod
{
    private readonly Level level = level;
    private readonly string requirement = requirement;

    public string Id { get; } = id;

    /// <summary>Page of the guide where it is not the class's.</summary>
    public int Page { get; init; }

    public Capability Needs { get; init; }

    /// <summary>What a service must be able to do, for cases of the server suite.</summary>
    public ServiceCapability ServiceNeeds { get; init; }

    public Maturity Maturity { get; init; } = Maturity.EmulatorProven;

    public CasePlace Place { get; init; }

    /// <summary>True for a case that asks for what does not exist.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Quirks of a phone, or faults of a service, that this case must catch; tested.</summary>
    public string[] Catches { get; init; } = [];

    /// <summary>Puts id, section, page and level where filters of test runners find them.</summary>
    public new void ApplyToTest(Test test)
    {
        base.ApplyToTest(test);
        if (test.Method is { } method)
            CaseSuite.Mark(test, Describe(method.MethodInfo));
    }

    public TestCommand Wrap(TestCommand command) => CaseSuite.Command(command);

    /// <summary>Everything known about a case method.</summary>
    internal static CaseInfo Describe(MethodInfo method)
    {
        var attribute = method.GetCustomAttribute<CaseAttribute>()!;
        var guide = method.DeclaringType!.GetCustomAttribute<GuideAttribute>()!;
        return new CaseInfo
        {
            Id = attribute.Id,
            Section = guide.Section,
            Page = attribute.Page > 0 ? attribute.Page : guide.Page,
            Title = method.Name.Replace('_', ' '),
            Level = attribute.level,
            Requirement = attribute.requirement,
            Maturity = attribute.Maturity,
            Rules = [.. ConformanceRules.Book.CheckedBy(attribute.Id).Select(rule => rule.Id)],
            Needs = attribute.Needs,
            ServiceNeeds = attribute.ServiceNeeds,
            Place = attribute.Place,
            IsProbe = attribute.IsProbe,
            Catches = attribute.Catches,
        };
    }
}
