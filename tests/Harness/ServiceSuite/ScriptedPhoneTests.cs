using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Phones;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.ServiceSuite;

[TestFixture]
public sealed class ScriptedPhoneTests
{
    private const string Mac = "00:1A:E8:FE:00:01";

    [Test]
    public async Task What_is_said_and_answered_is_evidence()
    {
        using var listener = Listen("<DLSMessage><Message nonce=\"0A\"><Action>CleanUp</Action></Message></DLSMessage>");
        await using var service = await StartAsync(listener.Url, null);
        var answer = await service.Phone.SayAsync("start-up");

        Assert.That((answer.Status, answer.Action, answer.Nonce, answer.Ends), Is.EqualTo((200, "CleanUp", "0A", true)));
        var exchange = service.Exchanges.Single();
        Assert.That((exchange.Kind, exchange.Mac, exchange.Status), Is.EqualTo((ExchangeKind.Message, Mac, (int?)200)));
        Assert.That(exchange.TlsVersion, Does.StartWith("Tls"));
        Assert.That(Encoding.UTF8.GetString(listener.Requests.Single().Body), Does.Contain($"<Item name=\"mac-addr\">{Mac}</Item>"));
    }

    [Test]
    public async Task A_signed_answer_is_unwrapped()
    {
        using var listener = Listen("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><Object><DLSMessage xmlns=\"\"><Message nonce=\"0B\"><Action>CleanUp</Action></Message></DLSMessage></Object></Signature>");
        await using var service = await StartAsync(listener.Url, null);
        Assert.That((await service.Phone.SayAsync("start-up")).Message.RootName, Is.EqualTo("DLSMessage"));
    }

    [Test]
    public async Task A_service_with_the_pinned_certificate_is_called()
    {
        using var listener = Listen("");
        await using var service = await StartAsync(listener.Url, ServiceCertificates.For(IPAddress.Loopback).TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256));
        Assert.That((await service.Phone.SayAsync("start-up")).Ends, Is.True);
    }

    [Test]
    public async Task A_service_with_another_certificate_than_the_pinned_one_is_not()
    {
        using var listener = Listen("");
        await using var service = await StartAsync(listener.Url, new string('A', 64));
        Assert.That(() => service.Phone.SayAsync("start-up"), Throws.TypeOf<ConformanceException>().With.Message.Contains("none: "));
        Assert.That(listener.Requests, Is.Empty);
    }

    [Test]
    public async Task A_service_that_never_comes_to_an_end_is_found_out()
    {
        using var listener = Listen("<DLSMessage><Message nonce=\"0A\"><Action>ReadAllItems</Action></Message></DLSMessage>");
        await using var service = await StartAsync(listener.Url, null);
        var answer = await service.Phone.SayAsync("start-up");
        Assert.That(() => service.Phone.FollowAsync(answer), Throws.TypeOf<ConformanceException>().With.Message.Contains("messages without it"));
    }

    [Test]
    public void Its_messages_are_XML_in_every_spelling()
    {
        var plain = new PhoneMessage { Reason = "reply-to", Nonce = "0C", Action = "WriteItems", Status = "accepted", Fragment = "next", Items = [new Item("a<b", "x & y", 3)] };
        foreach (var message in new[] { plain, plain with { IsPadded = true }, plain with { StatusFirst = true }, plain with { Items = null }, plain with { MarksReason = true, Prolog = "  \n" } })
        {
            var reason = XDocument.Parse(Encoding.UTF8.GetString(message.ToBytes()).TrimStart()).Descendants().Single(element => element.Name.LocalName == "ReasonForContact");
            Assert.That(reason.Value.Trim(), Is.EqualTo("reply-to"));
            Assert.That((reason.Attribute("fragment") ?? reason.Parent!.Attribute("fragment"))?.Value, Is.EqualTo("next"));
        }
    }

    private static async Task<ServiceUnderTest> StartAsync(Uri url, string? pinned)
    {
        var entry = new LabService { Id = "s", Url = url, Macs = [Mac], CertificateSha256 = pinned };
        var service = await ServiceUnderTest.StartAsync(new LabFile { File = "lab.json", Phones = [], Services = [entry] }, entry, TimeProvider.System, new ConsolePrompts(TextReader.Null, TextWriter.Null));
        await service.BeginCaseAsync();
        return service;
    }

    private static LabListener Listen(string body) =>
        LabListener.Start(IPAddress.Loopback, ListenerKind.Https, ServiceCertificates.For(IPAddress.Loopback), _ => new LabAnswer(200, Encoding.UTF8.GetBytes(body)));
}
