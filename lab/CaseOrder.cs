using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework.Internal;
using OpenStage.Conformance;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Lab;

/// <summary>
/// Puts cases in an order that the seed makes, so that none comes to rely on another one before it, and that is the
/// same again with the same seed, whichever of them are selected.
/// </summary>
internal static class CaseOrder
{
    public static void Shuffle(Test test, int seed)
    {
        test.Properties.Set(PropertyNames.Order, Position(test, seed));
        foreach (var child in test.Tests.OfType<Test>())
            Shuffle(child, seed);
    }

    /// <summary>NUnit sorts the children of each suite by this number.</summary>
    private static int Position(Test test, int seed) => Place(test) switch
    {
        CasePlace.First => int.MinValue,
        CasePlace.Last => int.MaxValue,
        _ => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {test.FullName}")))) / 2,
    };

    /// <summary>A suite stands where the cases in it do, which are all of one place.</summary>
    private static CasePlace Place(Test test)
    {
        while (test.Tests.Count > 0)
            test = (Test)test.Tests[0];
        return CaseSuite.Of(test)?.Place ?? CasePlace.Anywhere;
    }
}
