using NUnit.Framework;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>A SQLite store in a folder of its own for each test.</summary>
public abstract class StoreFixture
{
    private TemporaryFolder folder = null!;

    private protected Database Store { get; private set; } = null!;

    protected string StoreFolder => folder.Path;

    [SetUp]
    public void OpenStore()
    {
        folder = new TemporaryFolder();
        Store = Database.Open(folder.Path);
    }

    [TearDown]
    public void CloseStore()
    {
        Store.Dispose();
        folder.Dispose();
    }

    /// <summary>Closes the store and opens it again, as a new start of the server does.</summary>
    protected void Reopen()
    {
        Store.Dispose();
        Store = Database.Open(folder.Path);
    }

    /// <summary>Has somebody write until all writes that <paramref name="queue"/> begins are waiting, so that these go to the disk together.</summary>
    protected async Task TogetherAsync(Action queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        using var go = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => Store.Write(_ =>
        {
            entered.SetResult();
            go.Wait(RunningServer.Patience());
            return true;
        }));
        await entered.Task;
        queue();
        go.Set();
        await first;
    }
}
