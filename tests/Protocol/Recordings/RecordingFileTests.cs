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

    [Test]
    public void Bytes_that_are_no_UTF_8_are_kept_in_base64()
    {
        var bytes = new byte[] { 0xFF, 0xFE, 0x3C, 0x00 };
        var body = RecordedBody.Of(bytes);
        Assert.That((body.Text, body.Base64), Is.EqualTo(((string?)null, Convert.ToBase64String(bytes))));
        Assert.That(body.Bytes, Is.EqualTo(bytes));
        Assert.That(RecordedBody.Of("<ä/>"u8).Text, Is.EqualTo("<ä/>"));
    }
}
