using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Benchmarks.Processes;

/// <summary>
/// The floor of sessions: the same web server with the same kind of certificate, which takes the same bytes and answers
/// the same bytes, and does nothing else.
/// </summary>
internal static class BareEndpoint
{
    /// <summary>Hidden verb of this program.</summary>
    public const string Verb = "bare-endpoint";

    private const string Path = "/DeploymentService/LoginService";
    private const string Date = "Sat, 14 Mar 2026 09:26:53 GMT";
    private const string Cookie = "JSESSIONID=" + SampleMessages.Nonce + "; Path=/DeploymentService; Secure";

    private static readonly byte[] ReadAll = DlsWriter.Write(new DlsMessage { Nonce = SampleMessages.Nonce, Action = ServerAction.ReadAllItems });
    private static readonly byte[] CleanUp = DlsWriter.Write(DlsMessage.CleanUp(SampleMessages.Nonce));

    /// <summary>Serves until its standard input ends, which it does together with the process that started it.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var certificate = ServerCertificate.Make(IPAddress.Loopback, TimeProvider.System.GetUtcNow());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                });
            });
        });
        await using var application = builder.Build();
        application.Run(AnswerAsync);
        await application.StartAsync(cancellation);
        var address = new Uri(application.Urls.First());
        await Console.Out.WriteLineAsync($"Phones: {new Uri(address, Path)}");
        await Console.In.ReadToEndAsync(cancellation);
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        var response = context.Response;
        var body = CleanUp;
        if (context.Request.Headers.Cookie.Count == 0)
        {
            body = ReadAll;
            response.Headers.SetCookie = Cookie;
        }

        response.Headers.Date = Date;
        response.ContentType = "text/xml; charset=UTF-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
