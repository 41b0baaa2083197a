using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>One conformance case: what the guide asks for, where, how strongly, and which quirk it must catch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CaseAttribute(string id, Level level, string requirement) : TestAttribute, IApplyToTest, IWrapTestMethod
{
    public string Id { get; } = id;

    /// <summary>Page of the guide where it is not the class's.</summary>
    public int Page { get; init; }

    public Capability Needs { get; init; }

    /// <summary>Quirks that this case must catch; tested.</summary>
    public string[] Catches { get; init; } = [];

    /// <summary>Puts id, section, page and level where filters of test runners find them.</summary>
    public new void ApplyToTest(Test test)
    {
        base.ApplyToTest(test);
        if (test.Method is not { } method)
            return;
        var info = Describe(method.MethodInfo);
        test.Properties.Set("case", info.Id);
        test.Properties.Set("section", info.Section);
        test.Properties.Set("page", info.Page);
        test.Properties.Set("level", info.Level.ToString());
    }

    public TestCommand Wrap(TestCommand command) => new CaseCommand(command, Describe(command.Test.Method!.MethodInfo));

    /// <summary>Everything known about a case method.</summary>
    public static CaseInfo Describe(System.Reflection.MethodInfo method)
    {
        var attribute = (CaseAttribute)GetCustomAttribute(method, typeof(CaseAttribute))!;
        var guide = (GuideAttribute)GetCustomAttribute(method.DeclaringType!, typeof(GuideAttribute))!;
        return new CaseInfo
        {
            Id = attribute.Id,
            Section = guide.Section,
            Page = attribute.Page > 0 ? attribute.Page : guide.Page,
            Title = method.Name.Replace('_', ' '),
            Level = attribute.level,
            Requirement = attribute.requirement,
            Needs = attribute.Needs,
            Catches = attribute.Catches,
        };
    }

    private readonly Level level = level;
    private readonly string requirement = requirement;
}
