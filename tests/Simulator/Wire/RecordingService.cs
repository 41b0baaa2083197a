using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace OpenStage.Simulator.Tests.Wire;

/// <summary>A service of few words: keeps what comes and answers with CleanUp, or as it is told.</summary>
internal sealed class RecordingService : IAsyncDisposable
{
    private const string CleanUp = "<DLSMessage><Message nonce=\"1\"><Action>CleanUp</Action></Message></DLSMessage>";

    private readonly WebApplication app;

    private RecordingService(WebApplication app) => this.app = app;

    /// <summary>Answers to the next messages; CleanUp when there are none left.</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>The first bytes of each encrypted connection.</summary>
    public ConcurrentQueue<byte[]> Hellos { get; private init; } = new();

    /// <summary>Status of GET requests.</summary>
    public int PollStatus { get; set; } = 200;

    public Uri Url => new(app.Urls.First());

    /// <param name="authority">When given, only clients with a certificate of this authority are taken.</param>
    public static async Task<RecordingService> StartAsync(X509Certificate2? certificate, X509Certificate2? authority = null)
    {
        var hellos = new ConcurrentQueue<byte[]>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.TlsClientHelloBytesCallback = (_, hello) => hellos.Enqueue(hello.ToArray());
                    https.ClientCertificateMode = authority is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (client, _, _) => client.Issuer == authority?.Subject;
                });
        }));
        var app = builder.Build();
        var service = new RecordingService(app) { Hellos = hellos };
        app.Run(service.ServeAsync);
        await app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Request(context.Request.Method, context.Request.Path + context.Request.QueryString, body, context.Connection.ClientCertificate?.Subject ?? "", context.Connection.Id));
        context.Response.StatusCode = context.Request.Method == "GET" ? PollStatus : 200;
        if (context.Request.Method == "POST")
            await context.Response.WriteAsync(Answers.TryDequeue(out var answer) ? answer : CleanUp);
    }

    public sealed record Request(string Method, string Target, string Body, string Client, string Connection);
}
