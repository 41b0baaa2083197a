using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Tests.Recordings;

[TestFixture]
public sealed class RecordingBuilderTests
{
    private const string StartUp = """
        <WorkpointMessage><Message nonce="A1"><ReasonForContact>start-up</ReasonForContact><ItemList>
        <Item name="mac-addr">00:1A:E8:00:00:01</Item><Item name="device-type">OpenStage 40</Item>
        <Item name="software-version">V3 R5.12.0</Item><Item name="user-pwd">geheim</Item>
        </ItemList></Message></WorkpointMessage>
        """;

    [TestCase("JSESSIONID=abcdef", "JSESSIONID=COOKIE-1")]
    [TestCase("JSESSIONID=abcdef; Path=/DeploymentService; Secure", "JSESSIONID=COOKIE-1; Path=/DeploymentService; Secure")]
    [TestCase("PHPSESSID=unseen; path=/", "PHPSESSID=COOKIE-1; path=/")]
    [TestCase("JSESSIONID=abcdef; other=unseen", "JSESSIONID=COOKIE-1; other=COOKIE-2")]
    [TestCase("a=1; b=1; c=2", "a=COOKIE-1; b=COOKIE-1; c=COOKIE-2")]
    [TestCase("nameless", "COOKIE-1")]
    [TestCase("a=x; path=/, b=y", "a=COOKIE-1; path=COOKIE-2")]
    [TestCase("", "")]
    public void Every_cookie_value_gets_a_name_and_the_form_of_the_header_stays(string sent, string expected)
    {
        var recording = Recorded(new HttpHeader("cOOkie", sent));
        Assert.That(recording.Exchanges[0].RequestHeaders, Is.EqualTo(new[] { new RecordedHeader("cOOkie", expected) }));
    }

    [Test]
    public void A_cookie_keeps_its_name_from_exchange_to_exchange_whoever_sends_it()
    {
        var builder = new RecordingBuilder();
        builder.Add(Exchange(1, [], [new HttpHeader("Set-Cookie", "JSESSIONID=first; Path=/")]));
        builder.Add(Exchange(2, [new HttpHeader("Cookie", "JSESSIONID=first")], [new HttpHeader("Set-Cookie", "JSESSIONID=second")]));
        builder.Add(Exchange(3, [new HttpHeader("Cookie", "JSESSIONID=second; old=first")], []));

        var exchanges = builder.Recording!.Exchanges;
        Assert.That(exchanges.SelectMany(exchange => exchange.RequestHeaders.Concat(exchange.ResponseHeaders)).Select(header => header.Value), Is.EqualTo(new[]
        {
            "JSESSIONID=COOKIE-1; Path=/", "JSESSIONID=COOKIE-1", "JSESSIONID=COOKIE-2", "JSESSIONID=COOKIE-2; old=COOKIE-1",
        }));
    }

    [Test]
    public void No_password_cookie_or_authorization_is_in_the_file_and_the_MAC_address_is()
    {
        var file = RecordingFile.Write(Recorded(new HttpHeader("Cookie", "s=topsecret; t=hidden"), new HttpHeader("Authorization", "Basic Z2VoZWlt")));
        Assert.That(file, Does.Not.Contain("geheim").And.Not.Contain("topsecret").And.Not.Contain("hidden").And.Not.Contain("Z2VoZWlt").And.Contain("00:1A:E8:00:00:01"));
    }

    private static Recording Recorded(params HttpHeader[] headers)
    {
        var builder = new RecordingBuilder();
        builder.Add(Exchange(1, headers, []));
        return builder.Recording!;
    }

    private static HttpExchange Exchange(long number, IReadOnlyList<HttpHeader> sent, IReadOnlyList<HttpHeader> answered) => new()
    {
        Sequence = number,
        Kind = ExchangeKind.Message,
        Offset = TimeSpan.FromSeconds(number),
        Method = "POST",
        Target = "/",
        RequestHeaders = sent,
        RequestBody = Encoding.UTF8.GetBytes(StartUp),
        Status = 200,
        ResponseHeaders = answered,
    };
}
