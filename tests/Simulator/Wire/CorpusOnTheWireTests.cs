using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Tests.Flows;
using OpenStage.Simulator.Tests.Machine;

namespace OpenStage.Simulator.Tests.Wire;

/// <summary>One phone on real sockets that gets every answer of the corpus, one after another, and lives on.</summary>
[TestFixture]
internal sealed class CorpusOnTheWireTests
{
    /// <summary>Longer than the contact gap, within which a contact-me is ignored.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(301);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly byte[] CleanUp = "<DLSMessage><Message nonce=\"1\"><Action>CleanUp</Action></Message></DLSMessage>"u8.ToArray();
    private static readonly byte[] ReadMac = "<DLSMessage><Message nonce=\"1\"><Action>ReadItems</Action><ItemList><Item name=\"mac-addr\"/></ItemList></Message></DLSMessage>"u8.ToArray();

    private readonly ManualClock clock = new();
    private X509Certificate2 certificate = null!;
    private RawService service = null!;
    private SimulatedPhone phone = null!;

    [SetUp]
    public async Task StartAsync()
    {
        certificate = TestCertificates.SelfSigned("CN=service");
        service = new RawService(certificate, null, new Dictionary<string, byte[]>());
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri($"https://{service.Authority}"), Model = "OpenStage 40", Mac = "00:1A:E8:00:00:01", Address = "127.0.0.1", ContactMePort = 0 },
            clock, null, null);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await phone.DisposeAsync();
        service.Dispose();
        certificate.Dispose();
    }

    [Test]
    public async Task A_phone_survives_every_answer_of_the_corpus()
    {
        var before = "the start-up";
        await ComeToRestAsync(before);
        foreach (var file in Corpus.Files)
        {
            Answer(await ReadReplyAsync(before), Corpus.Read(file));
            await ComeToRestAsync(before = file);
        }

        Answer(await ReadReplyAsync(before), CleanUp);
        await ComeToRestAsync("the last CleanUp");
    }

    /// <summary>A contact-me and a ReadItems as ever, up to the reply.</summary>
    private async Task<RawRequest> ReadReplyAsync(string before)
    {
        clock.Advance(Gap);
        await ComeToRestAsync(before);
        Assert.That(await ContactMeAsync(), Does.StartWith("HTTP/1.1 204 "), $"the acknowledgement after {before}");
        var first = await NextAsync();
        Assert.That(first?.Text ?? "nothing", Does.Contain(">solicited</ReasonForContact>"), $"the first message after {before}");
        Answer(first!, ReadMac);
        var reply = await NextAsync();
        Assert.That(reply?.Text ?? "nothing", Does.Contain("<Item name=\"mac-addr\">00:1A:E8:00:00:01</Item>"), $"the reply after {before}");
        return reply!;
    }

    /// <summary>Ends whatever the phone still has to say with CleanUp, and lets its timers fire until it has nothing to do.</summary>
    private async Task ComeToRestAsync(string after)
    {
        for (var step = 0; step < 60; step++)
        {
            if (await NextAsync() is { } request)
            {
                Answer(request, CleanUp);
                continue;
            }

            if (await phone.GetStateAsync() is { Booting: false, InInteraction: false })
                return;
            clock.Advance((clock.NextDue ?? throw new InvalidOperationException($"after {after} the phone waits for nothing")) - clock.GetUtcNow());
        }

        Assert.Fail($"after {after} the phone comes to no end");
    }

    /// <summary>The next message, or null when the phone has nothing to do.</summary>
    private async Task<RawRequest?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await Task.WhenAny(phone.WhenIdleAsync(limit.Token), service.WaitAsync(limit.Token));
        var hangs = limit.IsCancellationRequested;
        await limit.CancelAsync();
        Assert.That(hangs, Is.False, "the phone hangs");
        return service.IsEmpty ? null : await service.NextAsync();
    }

    private static void Answer(RawRequest request, byte[] body) => request.Answer.SetResult(
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n")), .. body]);

    private async Task<string> ContactMeAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, phone.ContactMeUri.Port);
        await client.GetStream().WriteAsync("POST /contact_dls.html/ContactDLS HTTP/1.1\r\nContent-Length: 14\r\n\r\nContactMe=true"u8.ToArray());
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
