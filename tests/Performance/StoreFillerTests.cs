using NUnit.Framework;
using OpenStage.Benchmarks.Processes;
using OpenStage.Benchmarks.Store;

namespace OpenStage.Performance.Tests;

public sealed class StoreFillerTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Fill()
    {
        folder = new TemporaryFolder();
        StoreFiller.Fill(folder.Path, devices: 3, jobs: 7, seed: 1, CancellationToken.None);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_filled_store_has_what_it_was_filled_with() =>
        Assert.That(() => StoreFiller.Check(folder.Path, null, devices: 3, jobs: 7), Throws.Nothing);

    [TestCase(4, 7, "3 phones instead of 4")]
    [TestCase(3, 8, "7 finished jobs instead of 8")]
    [TestCase(2, 7, "no finished job 4 of 00:1A:E8:00:00:01")]
    public void A_store_with_other_things_is_refused(int devices, int jobs, string expected) =>
        Assert.That(() => StoreFiller.Check(folder.Path, null, devices, jobs), Throws.InvalidOperationException.With.Message.Contains(expected));
}
