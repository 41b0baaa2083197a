namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public int SchemaVersion() => Scalar<int>($"SELECT max(version) FROM {StoredTable.Version}");

    public long CountOpenInteractions() => Scalar<long>("SELECT count(*) FROM interactions WHERE ended = 0");
}
