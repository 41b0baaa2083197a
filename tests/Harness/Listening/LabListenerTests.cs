using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Listening;

namespace OpenStage.Harness.Tests.Listening;

[TestFixture]
public sealed class LabListenerTests
{
    [Test]
    public async Task A_request_is_kept_and_answered_as_the_case_says()
    {
        using var listener = Listen(ListenerKind.Http, request => request.Target == "/a?b=c" ? new LabAnswer(202, "yes"u8.ToArray(), "text/plain") : LabAnswer.NotFound);
        using var client = new HttpClient { BaseAddress = listener.Url };
        using var body = new ByteArrayContent("question"u8.ToArray());
        using var answer = await client.PostAsync(new Uri("/a?b=c", UriKind.Relative), body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(202));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("yes"));
        var kept = listener.Requests.Single();
        Assert.That((kept.Method, kept.Target, Encoding.UTF8.GetString(kept.Body)), Is.EqualTo(("POST", "/a?b=c", "question")));
        using var missing = await client.GetAsync(new Uri("/other", UriKind.Relative));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_certificate_that_was_shown_is_kept(bool shows)
    {
        var given = LabCertificate.Make("A phone");
        using var certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(given.Bundle), "");
        using var listener = Listen(ListenerKind.MutualHttps, _ => new LabAnswer(200, []));
        using var handler = new SocketsHttpHandler();
#pragma warning disable CA5359 // The certificate of the lab is nobody's.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        if (shows)
            handler.SslOptions.ClientCertificates = [certificate];
        using var client = new HttpClient(handler) { BaseAddress = listener.Url };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That(listener.Requests.Single().ClientThumbprint, Is.EqualTo(shows ? given.Thumbprint : ""));
    }

    [TestCase(1)]
    [TestCase(30)]
    public async Task Pieces_that_were_sent_are_counted_however_they_arrive(int pieces)
    {
        using var listener = Listen(ListenerKind.Https, _ => new LabAnswer(200, []));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Url.Port);
        await using var tls = new SslStream(client.GetStream());
#pragma warning disable CA5359 // The certificate of the lab is nobody's.
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "lab", RemoteCertificateValidationCallback = static (_, _, _, _) => true });
#pragma warning restore CA5359
        var request = Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: lab\r\nContent-Length: {pieces}\r\n\r\n{new string('x', pieces)}");
        await tls.WriteAsync(request.AsMemory(0, request.Length - pieces + 1));
        for (var left = pieces - 1; left > 0; left--)
            await tls.WriteAsync("x"u8.ToArray());
        Assert.That(await tls.ReadAsync(new byte[100]), Is.Positive);
        Assert.That(listener.Requests.Single().Records, Is.InRange(pieces, pieces + 3));
    }

    private static LabListener Listen(ListenerKind kind, Func<LabRequest, LabAnswer> answer) =>
        LabListener.Start(IPAddress.Loopback, kind, ServiceCertificates.For(IPAddress.Loopback), answer);
}
