using OpenStage.Server.Observations;

namespace OpenStage.Server.Pages.Live;

/// <summary>Brings all changes of a server to the open pages.</summary>
internal sealed class LiveFeed : IDisposable
{
    private readonly ProvisioningServer server;

    public LiveFeed(ProvisioningServer server)
    {
        this.server = server;
        server.Store.Changed += Topics.Publish;
        server.Recent.Added += PublishExchange;
        server.Observations.Added += PublishObservation;
    }

    public LiveTopics Topics { get; } = new();

    public void Dispose()
    {
        server.Store.Changed -= Topics.Publish;
        server.Recent.Added -= PublishExchange;
        server.Observations.Added -= PublishObservation;
    }

    private void PublishExchange(string mac) => Topics.Publish($"exchange:{mac}");

    private void PublishObservation(ObservedDeviation seen) => Topics.Publish($"observation:{seen.Mac}");
}
