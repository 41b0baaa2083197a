using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>Makes a case of each row of a table; the method takes the row.</summary>
/// <param name="rows">Name of a static property of the class: the rows, which are <see cref="TableCase"/>s.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CaseTableAttribute(string rows) : NUnitAttribute, ITestBuilder, IWrapTestMethod, IImplyFixture
{
    /// <summary>Name of the property.</summary>
    public string Rows { get; } = rows;

    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        var builder = new NUnitTestCaseBuilder();
        foreach (var (row, info) in Table(method.MethodInfo))
        {
            var test = builder.BuildTestMethod(method, suite, new TestCaseParameters([row]));
            test.Name = $"{method.Name}({info.Id})";
            CaseSuite.Mark(test, info);
            yield return test;
        }
    }

    public TestCommand Wrap(TestCommand command) => CaseSuite.Command(command);

    /// <summary>The rows of a method's table and what is known about each.</summary>
    internal static IEnumerable<(TableCase Row, CaseInfo Info)> Table(MethodInfo method)
    {
        var type = method.DeclaringType!;
        var section = type.GetCustomAttribute<GuideAttribute>()!.Section;
        var rows = (IEnumerable<TableCase>)type.GetProperty(method.GetCustomAttribute<CaseTableAttribute>()!.Rows)!.GetValue(null)!;
        return rows.Select(row => (row, row.Describe(section)));
    }
}
