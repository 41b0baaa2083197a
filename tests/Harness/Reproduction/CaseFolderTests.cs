using NUnit.Framework;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class CaseFolderTests
{
    [TestCase("os40", "wpi/3.6.4/1", "evidence/os40/wpi-3.6.4-1")]
    [TestCase("..", "wpi/1/1", "evidence/_/wpi-1-1")]
    [TestCase("a.", "wpi/1/1", "evidence/a_/wpi-1-1")]
    [TestCase("a b:c\\d", "../x", "evidence/a_b_c_d/..-x")]
    public void The_folder_of_a_result_is_always_below_that_of_the_report(string phone, string id, string expected) =>
        Assert.That(CaseFolder.Of(phone, id), Is.EqualTo(expected));
}
