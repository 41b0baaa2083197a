using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// What the web server calls for each request of a phone. The usual application in this place begins a log scope and a
/// trace of its own for each, which nobody sees: some hundredths of what a message takes (docs/performance.md).
/// </summary>
internal sealed class PhoneApplication(RequestDelegate handle) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // A connection has one request at a time: its context is used again for the next.
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> connection)
            return new DefaultHttpContext(contextFeatures);
        if (connection.HostContext is not { } known)
            return connection.HostContext = new DefaultHttpContext(contextFeatures);
        known.Initialize(contextFeatures);
        return known;
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => handle(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
