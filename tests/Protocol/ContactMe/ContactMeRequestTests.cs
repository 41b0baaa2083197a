using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Tests.Properties;

namespace OpenStage.Protocol.Tests.ContactMe;

/// <summary>Contact-me (WPI guide p.14-15) in all forms that senders in the field use.</summary>
[TestFixture]
internal sealed class ContactMeRequestTests
{
    private static Gen<ContactMeRequest> Requests { get; } =
        from callBack in Gen.Elements(true, false)
        from address in Gen.Elements<string?>(null, "127.17.1.1", "dls.example.net", "dls", "2001:db8::9", "fe80::1", "255.255.255.255")
        from port in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(1, 65535).Select(number => (int?)number))
        select new ContactMeRequest(callBack, address, port);

    [Test]
    public void What_is_sent_as_form_or_query_is_read_back_the_same() => Run.ForAll(Requests, request =>
    {
        Assert.That(Parse("POST", "", request.ToForm()), Is.EqualTo(request));
        Assert.That(Parse("GET", request.ToForm(), ""), Is.EqualTo(request));
        Assert.That(Parse("POST", request.ToForm(), ""), Is.EqualTo(request));
    });

    [Test]
    public void No_parameters_whatever_make_the_parser_throw() => Run.ForAll(Gen.Two(Any.Text), texts =>
    {
        foreach (var text in new[] { texts.Item1, $"ContactMe=true&dls_ip_addr={texts.Item1}&dls_ip_port={texts.Item2}", "%%%=%zz&&==&" + texts.Item2 })
        {
            var ok = ContactMeRequest.TryParse("POST", "", text, out var request, out var error);
            Assert.That(ok ? request is not null && error is null : request is null && error is { Length: > 0 }, Is.True);
        }
    });

    [TestCase("p014-post-address-and-port.http", true, "127.17.1.1", 18443)]
    [TestCase("p014-post-address-only.http", true, "dls.example.net", null)]
    [TestCase("p014-post-no-call-back.http", false, null, null)]
    [TestCase("p015-post-call-back-only.http", true, null, null)]
    [TestCase("field-get-query.http", true, "127.17.1.1", 18443)]
    [TestCase("field-get-ipv6.http", true, "2001:db8::9", 18443)]
    [TestCase("field-get-bare.http", true, null, null)]
    public void A_golden_request_is_read(string file, bool callBack, string? address, int? port)
    {
        var (method, target, body) = Golden(file);
        var parts = target.Split('?', 2);

        Assert.That(parts[0], Is.EqualTo(ContactMeRequest.Path));
        Assert.That(Parse(method, parts.Length > 1 ? parts[1] : "", body), Is.EqualTo(new ContactMeRequest(callBack, address, port)));
    }

    [Test]
    public void The_form_is_written_as_in_the_golden_requests()
    {
        Assert.That(new ContactMeRequest(true, "127.17.1.1", 18443).ToForm(), Is.EqualTo(Golden("p014-post-address-and-port.http").Body));
        Assert.That(new ContactMeRequest(true).ToForm(), Is.EqualTo(Golden("p015-post-call-back-only.http").Body));
        Assert.That(new ContactMeRequest(false).ToForm(), Is.EqualTo(Golden("p014-post-no-call-back.http").Body));
        Assert.That(new ContactMeRequest(true, "fe80::1").ToForm(), Is.EqualTo("ContactMe=true&dls_ip_addr=fe80%3A%3A1"));
    }

    [Test]
    public void Every_golden_request_has_an_expectation() =>
        Assert.That(MessageFiles.In("golden/contact-me"), Has.Count.EqualTo(7));

    [TestCase("TRUE", true)]
    [TestCase("True", true)]
    [TestCase("false", false)]
    [TestCase("1", false)]
    [TestCase("", false)]
    public void Only_true_asks_for_a_call_back(string value, bool callBack) =>
        Assert.That(Parse("POST", "", $"ContactMe={value}").CallBack, Is.EqualTo(callBack));

    [TestCase("ContactMe=true&dls_ip_port=0", "dls_ip_port '0'", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_port=65536", "dls_ip_port '65536'", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_port=-1", "dls_ip_port '-1'", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_port=", "dls_ip_port ''", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_port=18443x", "dls_ip_port '18443x'", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_port=99999999999", "dls_ip_port '99999999999'", "1 to 65535")]
    [TestCase("ContactMe=true&dls_ip_addr=a b", "dls_ip_addr 'a b'", "IP address")]
    [TestCase("ContactMe=true&dls_ip_addr=", "dls_ip_addr ''", "IP address")]
    [TestCase("ContactMe=true&dls_ip_addr=http://x/", "dls_ip_addr 'http://x/'", "IP address")]
    [TestCase("dls_ip_addr=127.17.1.1", "ContactMe is missing", "ContactMe=true")]
    [TestCase("contactme=true", "ContactMe is missing", "ContactMe=true")]
    [TestCase("{\"ContactMe\":true}", "ContactMe is missing", "ContactMe=true")]
    public void A_wrong_parameter_is_named_with_what_is_allowed(string form, string named, string allowed)
    {
        foreach (var (method, query, body) in new[] { ("POST", "", form), ("GET", form, "") })
        {
            Assert.That(ContactMeRequest.TryParse(method, query, body, out _, out var error), Is.False);
            Assert.That(error, Does.Contain(named).And.Contain(allowed));
        }
    }

    [Test]
    public void A_post_without_anything_is_refused_and_a_bare_get_is_not()
    {
        Assert.That(ContactMeRequest.TryParse("POST", "", "", out _, out var error), Is.False);
        Assert.That(error, Does.Contain("ContactMe"));
        Assert.That(Parse("GET", "", ""), Is.EqualTo(new ContactMeRequest(true)));
    }

    [TestCase("PUT")]
    [TestCase("get")]
    [TestCase("")]
    public void Another_method_is_refused(string method)
    {
        Assert.That(ContactMeRequest.TryParse(method, "", "ContactMe=true", out _, out var error), Is.False);
        Assert.That(error, Does.Contain("POST and GET"));
    }

    private static ContactMeRequest Parse(string method, string query, string body)
    {
        Assert.That(ContactMeRequest.TryParse(method, query, body, out var request, out var error), Is.True, error);
        return request!;
    }

    private static (string Method, string Target, string Body) Golden(string file)
    {
        var parts = Encoding.UTF8.GetString(MessageFiles.Read("golden/contact-me", file)).Split("\r\n\r\n", 2);
        var line = parts[0].Split("\r\n")[0].Split(' ');
        return (line[0], line[1], parts[1]);
    }
}
