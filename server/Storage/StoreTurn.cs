namespace OpenStage.Server.Storage;

/// <summary>Something to be done in a transaction, which others may share.</summary>
internal abstract class StoreTurn
{
    /// <summary>Does it. An exception undoes what it did, and nothing else.</summary>
    public abstract void Run(StoreSession session);

    /// <summary>It is on disk.</summary>
    public abstract void Done();

    /// <summary>It was undone.</summary>
    public abstract void Failed(Exception why);
}
