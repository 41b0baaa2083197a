using System.Text;
using NUnit.Framework;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Xml;

namespace OpenStage.Performance.Tests;

public sealed class RequestTemplateTests
{
    private static readonly Uri Url = new("https://127.0.0.1:18443/DeploymentService/LoginService");

    [Test]
    public void What_is_put_in_place_is_read_as_that_phone_and_that_nonce()
    {
        var template = new RequestTemplate(Url, WorkpointWriter.Write(SampleMessages.Reply(1)), hasCookie: true);
        template.SetPhone(0x01_02_FE);
        template.SetNonce("0123456789ABCDEF0123456789ABCDEF"u8);
        template.SetCookie("FEDCBA9876543210FEDCBA9876543210"u8);
        template.SetChange(42);

        var (head, body) = Parts(template);
        var message = WorkpointReader.Read(body).Message!;
        Assert.Multiple(() =>
        {
            Assert.That(message.Nonce, Is.EqualTo("0123456789ABCDEF0123456789ABCDEF"));
            Assert.That(message.Value("mac-addr"), Is.EqualTo("00:1A:E8:01:02:FE"));
            Assert.That(message.Items!.Select(item => item.Value), Has.One.EqualTo("bench-00000042"));
            Assert.That(head, Does.Contain("\r\nCookie: JSESSIONID=FEDCBA9876543210FEDCBA9876543210\r\n"));
            Assert.That(head, Does.Contain($"\r\nContent-Length: {body.Length}\r\n"));
        });
    }

    [Test]
    public void A_start_up_presents_no_cookie() =>
        Assert.That(Parts(new RequestTemplate(Url, WorkpointWriter.Write(SampleMessages.StartUp()), hasCookie: false)).Head, Does.Not.Contain("Cookie"));

    private static (string Head, byte[] Body) Parts(RequestTemplate template)
    {
        var bytes = template.Bytes.ToArray();
        var blank = bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        return (Encoding.ASCII.GetString(bytes, 0, blank), bytes[blank..]);
    }
}
