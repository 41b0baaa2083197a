using NUnit.Framework;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Tests.Wire;

[TestFixture]
internal sealed class HttpExchangeTests
{
    private static readonly HttpHeader[] Headers = [new("Content-Type", "text/xml"), new("set-cookie", "A=1"), new("Set-Cookie", "B=2")];

    [TestCase("content-type", "text/xml")]
    [TestCase("Set-Cookie", "A=1")]
    [TestCase("Content-Length", null)]
    public void A_header_is_found_without_case_and_the_first_one_counts(string name, string? value) =>
        Assert.That(HttpExchange.Header(Headers, name), Is.EqualTo(value));

    [Test]
    public void An_exchange_without_response_has_no_status_and_no_bytes()
    {
        var exchange = new HttpExchange
        {
            Sequence = 1,
            Kind = ExchangeKind.ContactMe,
            Offset = TimeSpan.Zero,
            Method = "POST",
            Target = "/contact_dls.html/ContactDLS",
        };

        Assert.That(exchange.Status, Is.Null);
        Assert.That(exchange.ResponseBody.Length, Is.Zero);
        Assert.That((exchange.Mac, exchange.Interaction, exchange.TlsVersion, exchange.Error), Is.EqualTo(("", "", "", "")));
    }
}
