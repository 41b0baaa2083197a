namespace OpenStage.Server.Storage;

/// <summary>Something with a result to be done in a transaction.</summary>
internal sealed class StoreTurn<T>(Func<StoreSession, T> work) : StoreTurn
{
    // Whoever waits goes on elsewhere: this thread has the others to serve.
    private readonly TaskCompletionSource<(T Result, IReadOnlyCollection<string> Topics)> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (T Result, IReadOnlyCollection<string> Topics) outcome;

    public Task<(T Result, IReadOnlyCollection<string> Topics)> Task => source.Task;

    public override void Run(StoreSession session) => outcome = (work(session), session.Topics);

    public override void Done() => source.SetResult(outcome);

    public override void Failed(Exception why) => source.TrySetException(why);
}
