using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>The addresses of the PBX.</summary>
public sealed class NetworkTests
{
    private const string Empty = """
        {"web_domain":null,"private_ipv4":null,"public_ipv4":null,"enable_ipv6":true,"private_ipv6":null,"public_ipv6":null,"primary_dns_server":null,"secondary_dns_server":null,"sbc_domain":null}
        """;

    private PhonesLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await PhonesLab.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task Addresses_are_blank_at_first_and_changed_one_by_one()
    {
        Assert.That((await lab.JsonAsync("/api/network")).ToJsonString(), Is.EqualTo(Empty.Trim()));
        foreach (var body in new[] { """{"web_domain": "pbx.example.net", "enable_ipv6": false}""", """{"primary_dns_server": "2001:db8::53"}""", "{}" })
        {
            var answer = await lab.PostAsync("/api/network", body);
            Assert.That(RawHttp.Status(answer), Is.EqualTo(200));
            Assert.That(RawHttp.Body(answer), Is.Empty);
        }

        var shown = await lab.JsonAsync("/api/network");
        Assert.That(shown["web_domain"]!.GetValue<string>(), Is.EqualTo("pbx.example.net"));
        Assert.That(shown["enable_ipv6"]!.GetValue<bool>(), Is.False);
        Assert.That(shown["primary_dns_server"]!.GetValue<string>(), Is.EqualTo("2001:db8::53"));
        await lab.PostAsync("/api/network", """{"web_domain": null, "enable_ipv6": null, "primary_dns_server": ""}""");
        Assert.That((await lab.JsonAsync("/api/network")).ToJsonString(), Is.EqualTo(Empty.Trim()));
    }

    [TestCase("web_domain", "\"http://pbx.example.net\"", "a host name")]
    [TestCase("web_domain", "\"10.1.2.3\"", "a host name")]
    [TestCase("web_domain", "7", "a host name")]
    [TestCase("sbc_domain", "\"a b\"", "a host name")]
    [TestCase("sbc_domain", "true", "a host name")]
    [TestCase("private_ipv4", "\"10.1\"", "an IPv4 address")]
    [TestCase("private_ipv4", "\"::1\"", "an IPv4 address")]
    [TestCase("public_ipv4", "\"300.1.1.1\"", "an IPv4 address")]
    [TestCase("public_ipv4", "{}", "an IPv4 address")]
    [TestCase("private_ipv6", "\"10.1.2.3\"", "an IPv6 address")]
    [TestCase("private_ipv6", "\"fe80::1%eth0\"", "an IPv6 address")]
    [TestCase("public_ipv6", "\"[2001:db8::1]\"", "an IPv6 address")]
    [TestCase("public_ipv6", "[]", "an IPv6 address")]
    [TestCase("primary_dns_server", "\"dns.example.net\"", "an IP address")]
    [TestCase("secondary_dns_server", "\"8\"", "an IP address")]
    [TestCase("secondary_dns_server", "8", "an IP address")]
    [TestCase("enable_ipv6", "\"yes\"", "true or false")]
    [TestCase("dns", "\"10.1.2.3\"", "web_domain, private_ipv4")]
    public async Task A_field_is_refused_by_its_name_when_it_is_wrong(string field, string value, string allowed)
    {
        var others = field == "web_domain" ? "" : "\"web_domain\": \"pbx.example.net\", ";
        PhonesLab.AssertRefused(await lab.PostAsync("/api/network", $$"""{{{others}}"{{field}}": {{value}}}"""),
            400, field, field == "dns" ? "unknown field" : value.Trim('"'), allowed);
        Assert.That((await lab.JsonAsync("/api/network")).ToJsonString(), Is.EqualTo(Empty.Trim()), "nothing of it is stored");
    }
}
