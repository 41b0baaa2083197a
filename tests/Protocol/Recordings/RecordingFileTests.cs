using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Recordings;

namespace OpenStage.Protocol.Tests.Recordings;

[TestFixture]
public sealed class RecordingFileTests
{
    private const string Device = """{ "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "V3 R5.12.0" }""";

    [TestCase("nonsense", "x.json:1: $")]
    [TestCase("{\n \"colour\": 1 }", "x.json:2: $.colour")]
    [TestCase("{ \"schemaVersion\": 1 }", "device")]
    [TestCase("{ \"schemaVersion\": 2, \"device\": DEVICE, \"exchanges\": [], \"items\": [] }", "schemaVersion: '2' is not allowed; allowed is 1")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": { \"mac\": \"1\", \"model\": \"x\", \"firmware\": \"V3 R5.12.0\" }, \"exchanges\": [], \"items\": [] }", "device.mac: '1' is not allowed")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": { \"mac\": \"00:1A:E8:00:00:01\", \"model\": \"x\", \"firmware\": \"new\" }, \"exchanges\": [], \"items\": [] }", "device.firmware: 'new' is not allowed")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [ { \"kind\": \"telegram\" } ], \"items\": [] }", "$.exchanges[0].kind")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [ { \"kind\": \"message\", \"offsetMilliseconds\": 0, \"durationMilliseconds\": 0, \"method\": \"POST\", \"target\": \"/\", \"requestHeaders\": [], \"request\": { \"base64\": \"?\" } } ], \"items\": [] }", "exchanges[0].request.base64: '?' is not allowed; allowed is base64")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [ { \"kind\": \"message\", \"offsetMilliseconds\": 0, \"durationMilliseconds\": 0, \"method\": \"POST\", \"target\": \"/\", \"requestHeaders\": [], \"request\": { \"text\": \"a\", \"base64\": \"YQ==\" } } ], \"items\": [] }", "allowed is one of them")]
    public void A_broken_recording_is_refused_with_file_key_and_what_is_allowed(string json, string expected) => Assert.That(
        () => RecordingFile.Parse("x.json", json.Replace("DEVICE", Device, StringComparison.Ordinal)), Throws.TypeOf<FormatException>().With.Message.Contains(expected).And.Message.StartsWith("x.json"));

    [TestCase("{ \"schemaVersion\": 1, \"device\": null, \"exchanges\": null, \"items\": [ null ] }", "x.json:1: $.device: 'null' is not allowed; allowed is an object with mac, model, firmware")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [\nnull ], \"items\": [] }", "x.json:2: $.exchanges[0]: 'null' is not allowed; allowed is an object with kind")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": {}, \"items\": [] }", "$.exchanges: 'an object' is not allowed; allowed is a list")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [], \"items\": [ { \"name\": \"a\", \"value\": null } ] }", "$.items[0].value: 'null' is not allowed; allowed is a text in quotes")]
    [TestCase("{ \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [], \"items\": [ { \"name\": \"a\", \"value\": \"\", \"index\": -1 } ] }", "$.items[0].index: '-1' is not allowed; allowed is a whole number from 0")]
    [TestCase("{ \"schemaVersion\": 1, \"schemaVersion\": 1, \"device\": DEVICE, \"exchanges\": [], \"items\": [] }", "$.schemaVersion: the key is there twice")]
    [TestCase("{ \"schemaVersion\": \"1\", \"device\": 7 }", "$.schemaVersion: '1' is not allowed; allowed is 1")]
    [TestCase("{ \"schemaVersion\": 1, \"colour\": \"\\uD800\" }", "x.json:1: $: no valid JSON: A text has half a surrogate pair")]
    [TestCase("{ \"schemaVersion\": 1, \"colour\": 1, \"device\": DEVICE, \"exchanges\": [], \"items\": [] }", "$.colour: unknown key; allowed are schemaVersion, device, exchanges, items, $schema")]
    [TestCase("[]", "x.json:1: $: 'a list' is not allowed; allowed is an object with schemaVersion, device, exchanges, items")]
    public void A_value_of_the_wrong_kind_is_refused_with_file_line_key_and_what_is_allowed(string json, string expected) => Assert.That(
        () => RecordingFile.Parse("x.json", json.Replace("DEVICE", Device, StringComparison.Ordinal)), Throws.TypeOf<FormatException>().With.Message.Contains(expected));

    [TestCase("offsetMilliseconds", "-1", "milliseconds from 0 to 604800000")]
    [TestCase("durationMilliseconds", "1e300", "milliseconds from 0 to 604800000")]
    [TestCase("status", "99", "a whole number from 100 to 599")]
    [TestCase("kind", "\"telegram\"", "message, contact-me, poll")]
    public void A_value_out_of_range_is_refused_with_the_range(string key, string value, string allowed)
    {
        var values = new Dictionary<string, string>
        {
            ["kind"] = "\"message\"",
            ["offsetMilliseconds"] = "0",
            ["durationMilliseconds"] = "0",
            ["method"] = "\"POST\"",
            ["target"] = "\"/\"",
            ["requestHeaders"] = "[]",
            ["request"] = "{}",
            [key] = value,
        };
        var exchange = string.Join(",\n", values.Select(pair => $"\"{pair.Key}\": {pair.Value}"));
        var line = values.Keys.ToList().IndexOf(key) + 1;
        Assert.That(
            () => RecordingFile.Parse("x.json", $$"""{ "schemaVersion": 1, "device": {{Device}}, "items": [], "exchanges": [ { {{exchange}} } ] }"""),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"x.json:{line}: $.exchanges[0].{key}: '{value.Trim('"')}' is not allowed; allowed is {allowed}."));
    }

    [Test]
    public void All_that_is_wrong_is_named_at_once_but_no_more_than_fits_on_a_screen()
    {
        var unknown = string.Concat(Enumerable.Range(1, 30).Select(number => $"\"k{number}\": 1, "));
        var problem = Assert.Throws<FormatException>(() => RecordingFile.Parse("x.json", "{ " + unknown + "\"schemaVersion\": 1 }"))!.Message.Split('\n');
        Assert.That(problem, Has.Length.EqualTo(20).And.All.StartsWith("x.json:1: $.k"));
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_kept_in_base64()
    {
        var bytes = new byte[] { 0xFF, 0xFE, 0x3C, 0x00 };
        var body = RecordedBody.Of(bytes);
        Assert.That((body.Text, body.Base64), Is.EqualTo(((string?)null, Convert.ToBase64String(bytes))));
        Assert.That(body.Bytes, Is.EqualTo(bytes));
        Assert.That(RecordedBody.Of("<ä/>"u8).Text, Is.EqualTo("<ä/>"));
    }

    [Test]
    public void UTF_16_is_read_by_its_first_bytes_and_the_message_begins_with_its_markup()
    {
        Assert.That(RecordedBody.Decode(Encoding.Unicode.GetBytes("<ä/>")), Is.EqualTo("<ä/>"));
        Assert.That(RecordedBody.Decode(Encoding.BigEndianUnicode.GetBytes("<ä/>")), Is.EqualTo("<ä/>"));
        Assert.That(RecordedBody.Decode("<ä/>"u8), Is.EqualTo("<ä/>"));
        Assert.That(RecordedBody.Message([0xEF, 0xBB, 0xBF, .. "ready\r\n<a/>"u8]), Is.EqualTo("<a/>"u8.ToArray()));
        Assert.That(RecordedBody.Message("none"u8), Is.EqualTo("none"u8.ToArray()));
    }
}
