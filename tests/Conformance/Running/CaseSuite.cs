using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>All cases of the suite.</summary>
public static class CaseSuite
{
    private const string IdProperty = "case";

    private static readonly Lazy<IReadOnlyList<CaseInfo>> OfPhones = new(() => Find(typeof(PhoneCases)));

    private static readonly Lazy<IReadOnlyList<CaseInfo>> OfServices = new(() => Find(typeof(ServiceCases)));

    private static readonly Lazy<Dictionary<string, CaseInfo>> ById = new(() => OfPhones.Value.Concat(OfServices.Value).DistinctBy(info => info.Id).ToDictionary(info => info.Id));

    /// <summary>The cases of phones.</summary>
    public static IReadOnlyList<CaseInfo> All => OfPhones.Value;

    /// <summary>The cases of the server suite.</summary>
    public static IReadOnlyList<CaseInfo> Services => OfServices.Value;

    /// <summary>The case that a test is, or null.</summary>
    public static CaseInfo? Of(ITest test) => test.Properties.Get(IdProperty) is string id ? ById.Value.GetValueOrDefault(id) : null;

    /// <summary>Puts id, section, page and level where filters of test runners find them.</summary>
    internal static void Mark(Test test, CaseInfo info)
    {
        test.Properties.Set(IdProperty, info.Id);
        test.Properties.Set("section", info.Section);
        test.Properties.Set("page", info.Page);
        test.Properties.Set("level", info.Level.ToString());
    }

    /// <summary>What runs a case of either suite.</summary>
    internal static TestCommand Command(TestCommand command) => command.Test.Method!.TypeInfo.Type.IsSubclassOf(typeof(ServiceCases))
        ? new ServiceCaseCommand(command, Of(command.Test)!)
        : new CaseCommand(command, Of(command.Test)!);

    private static IReadOnlyList<CaseInfo> Find(Type suite) => [.. typeof(CaseSuite).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(suite))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(Describe)];

    private static IEnumerable<CaseInfo> Describe(MethodInfo method) =>
        method.IsDefined(typeof(CaseAttribute)) ? [CaseAttribute.Describe(method)]
        : method.IsDefined(typeof(CaseTableAttribute)) ? CaseTableAttribute.Table(method).Select(row => row.Info)
        : [];
}
