using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Tests.Items;

[TestFixture]
public sealed class TranscriptMaskTests
{
    [TestCase("<Item name=\"user-pwd\">S3CRET</Item>", "<Item name=\"user-pwd\">***</Item>")]
    [TestCase("<Item index='1' name='line-sip-pwd'>S3CRET</Item>", "<Item index='1' name='line-sip-pwd'>***</Item>")]
    [TestCase("<d:Item name=\"user-pwd\" >S3CRET</d:Item >", "<d:Item name=\"user-pwd\" >***</d:Item >")]
    [TestCase("<Item name=\"user-pwd\"><![CDATA[S3CRET]]></Item>", "<Item name=\"user-pwd\">***</Item>")]
    [TestCase("<Item name = \"user-pwd\">S3CRET", "<Item name = \"user-pwd\">***")]
    [TestCase("<Item name=\"user-pwd\">S3CRET<Item name=\"e164\">1</Item>", "<Item name=\"user-pwd\">***<Item name=\"e164\">1</Item>")]
    [TestCase("<Item name=\"user&#45;pwd\">S3CRET</Item>", "<Item name=\"user&#45;pwd\">***</Item>")]
    [TestCase("<Item name=\"user-pwd\"/><Item name=\"e164\">1</Item>", "<Item name=\"user-pwd\"/><Item name=\"e164\">1</Item>")]
    [TestCase("<Item name=\"e164\">4989</Item>", "<Item name=\"e164\">4989</Item>")]
    [TestCase("<Item>S3CRET</Item>", "<Item>***</Item>")]
    public void Secret_contents_are_replaced_and_nothing_else(string body, string expected) =>
        Assert.That(Encoding.UTF8.GetString(TranscriptMask.Mask(Encoding.UTF8.GetBytes(body))), Is.EqualTo(expected));

    [Test]
    public void UTF_16_does_not_leak_either()
    {
        byte[] body = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<Item name=\"user-pwd\">S3CRET</Item>")];
        Assert.That(Encoding.Unicode.GetString(TranscriptMask.Mask(body)), Does.Not.Contain("S3CRET").And.Contain("***"));
    }

    [TestCase("JSESSIONID=0123456789ABCDEF", "JSESSIONID=0123…")]
    [TestCase("JSESSIONID=0123456789ABCDEF; Path=/DeploymentService; Secure", "JSESSIONID=0123…; Path=/DeploymentService; Secure")]
    public void Cookies_keep_their_names_and_four_characters(string header, string expected) =>
        Assert.That(TranscriptMask.MaskCookie(header), Is.EqualTo(expected));

    [TestCase("cookie", "JSESSIONID=0123456789ABCDEF", "JSESSIONID=0123…")]
    [TestCase("Authorization", "Basic YTpi", "Basic ***")]
    [TestCase("proxy-authorization", "Basic YTpi", "Basic ***")]
    [TestCase("Host", "127.0.0.1", "127.0.0.1")]
    public void Headers_with_secrets_are_masked_however_they_are_spelt(string name, string value, string expected) =>
        Assert.That(TranscriptMask.Mask(new HttpHeader(name, value)), Is.EqualTo(new HttpHeader(name, expected)));

    [Test]
    public void No_secret_survives_cutting_the_message_anywhere()
    {
        const string message = "<WorkpointMessage><Message nonce=\"1\"><ItemList><Item name=\"user-pwd\">S3CRET</Item></ItemList></Message></WorkpointMessage>";
        for (var length = 0; length <= message.Length; length++)
            Assert.That(Encoding.UTF8.GetString(TranscriptMask.Mask(Encoding.UTF8.GetBytes(message[..length]))), Does.Not.Contain("S3"));
    }
}
