using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Captures;

namespace OpenStage.Harness.Tests.Captures;

[TestFixture]
public sealed class HarFileTests
{
    private static readonly JsonElement Log = JsonDocument.Parse(HarFile.Write(SampleExchanges.All, SampleExchanges.Start, "1.2.3")).RootElement.GetProperty("log");

    [Test]
    public void It_is_version_1_2_with_an_entry_for_each_exchange()
    {
        Assert.That(Log.GetProperty("version").GetString(), Is.EqualTo("1.2"));
        Assert.That(Log.GetProperty("creator").GetProperty("version").GetString(), Is.EqualTo("1.2.3"));
        Assert.That(Log.GetProperty("entries").GetArrayLength(), Is.EqualTo(5));
    }

    [Test]
    public void Everything_that_the_standard_demands_of_an_entry_is_there()
    {
        foreach (var entry in Log.GetProperty("entries").EnumerateArray())
        {
            AssertHas(entry, "startedDateTime", "time", "request", "response", "cache", "timings");
            AssertHas(entry.GetProperty("request"), "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize");
            AssertHas(entry.GetProperty("response"), "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize");
            AssertHas(entry.GetProperty("response").GetProperty("content"), "size", "mimeType");
            AssertHas(entry.GetProperty("timings"), "send", "wait", "receive");
        }
    }

    [Test]
    public void Addresses_times_and_bodies_are_those_of_the_exchange()
    {
        var (contact, message, unanswered) = (Log.GetProperty("entries")[0], Log.GetProperty("entries")[1], Log.GetProperty("entries")[4]);

        Assert.That(contact.GetProperty("request").GetProperty("url").GetString(), Is.EqualTo("http://127.20.0.1:8085/contact_dls.html/ContactDLS?a=b"));
        Assert.That(contact.GetProperty("request").GetProperty("queryString")[0].GetProperty("name").GetString(), Is.EqualTo("a"));
        Assert.That(contact.GetProperty("startedDateTime").GetString(), Is.EqualTo("2026-03-01T02:00:01.000Z"));
        Assert.That(message.GetProperty("request").GetProperty("url").GetString(), Is.EqualTo("https://127.0.0.1:18443/DeploymentService/LoginService"));
        Assert.That(message.GetProperty("request").GetProperty("postData").GetProperty("text").GetString(), Is.EqualTo(SampleExchanges.Long));
        Assert.That(message.GetProperty("response").GetProperty("content").GetProperty("text").GetString(), Is.EqualTo("<DLSMessage>ü***</DLSMessage>"));
        Assert.That(message.GetProperty("response").GetProperty("bodySize").GetInt32(), Is.EqualTo(30));
        Assert.That(unanswered.GetProperty("response").GetProperty("status").GetInt32(), Is.Zero);
    }

    private static void AssertHas(JsonElement element, params string[] keys) =>
        Assert.That(element.EnumerateObject().Select(member => member.Name), Is.SupersetOf(keys));
}
