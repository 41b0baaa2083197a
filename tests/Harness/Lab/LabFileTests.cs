using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Lab;

namespace OpenStage.Harness.Tests.Lab;

[TestFixture]
public sealed class LabFileTests
{
    private const string Phone = """{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40" }""";

    [Test]
    public void A_phone_with_id_mac_and_model_is_enough()
    {
        var lab = Parse($$"""{ "phones": [{{Phone}}] }""");

        Assert.That(lab.Phones, Has.Count.EqualTo(1));
        Assert.That(lab.Server.Address, Is.EqualTo("127.0.0.1"));
        Assert.That(lab.Patience, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void Comments_and_trailing_commas_are_fine() =>
        Assert.That(Parse($$"""{ /* mine */ "phones": [{{Phone}},], }""").Phones, Has.Count.EqualTo(1));

    [TestCase("""{ "phoness": [] }""", "lab.json:1:14: phoness: unknown key; allowed are $schema, title", TestName = "An_unknown_key_is_named_with_what_is_allowed")]
    [TestCase("""{ "phones": [] }""", "phones: at least one phone is needed", TestName = "A_lab_without_phones_is_refused")]
    [TestCase("""{}""", "phones: at least one phone is needed", TestName = "A_lab_without_the_key_phones_is_refused")]
    [TestCase("""{ "seed": -1 }""", "seed: '-1' is not allowed; allowed is a whole number from 0", TestName = "A_negative_seed_is_refused")]
    [TestCase("""{ "seed": 1.5 }""", "seed: '1.5' is not allowed", TestName = "A_broken_number_is_refused")]
    [TestCase("""{ "seed": "1" }""", "seed: '1' is not allowed", TestName = "A_number_in_quotes_is_refused")]
    [TestCase("""{ "patienceSeconds": 0 }""", "patienceSeconds: '0' is not allowed; allowed is a whole number from 1 to 3600", TestName = "No_patience_is_refused")]
    [TestCase("""{ "server": { "phonePort": 65536 } }""", "server.phonePort: '65536' is not allowed", TestName = "A_port_beyond_65535_is_refused")]
    [TestCase("""{ "server": { "address": "lab.example" } }""", "server.address: 'lab.example' is not allowed; allowed is an IP address", TestName = "A_server_name_is_refused")]
    [TestCase("""{ "server": [] }""", "server: 'a list' is not allowed; allowed is an object", TestName = "A_list_for_an_object_is_refused")]
    [TestCase("""{ "title": 5 }""", "title: '5' is not allowed; allowed is a text in quotes", TestName = "A_number_for_a_text_is_refused")]
    [TestCase("""{ "seed": 1, "seed": 2 }""", "seed: the key is there twice", TestName = "A_key_given_twice_is_refused")]
    public void Bad_labs_are_refused(string json, string expected) =>
        Assert.That(ProblemsOf(json), Has.Some.Contains(expected));

    [TestCase("""{ "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40" }""", "phones[0].id: the key is missing", TestName = "A_phone_without_id_is_refused")]
    [TestCase("""{ "id": "a b", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40" }""", "phones[0].id: 'a b' is not allowed", TestName = "A_blank_in_an_id_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00-1A-E8-00-00-01", "model": "OpenStage 40" }""", "phones[0].mac: '00-1A-E8-00-00-01' is not allowed; allowed is six pairs", TestName = "A_wrong_MAC_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 41" }""", "phones[0].model: 'OpenStage 41' is not allowed; allowed is OpenStage 15", TestName = "An_unknown_model_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "new" }""", "phones[0].firmware: 'new' is not allowed; allowed is a version", TestName = "A_firmware_that_is_no_version_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "address": "10.0.0.1" }""", "phones[0].address: '10.0.0.1' is not allowed; allowed is a loopback address", TestName = "An_address_off_this_machine_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "quirks": ["no-such-quirk"] }""", "phones[0].quirks[0]: 'no-such-quirk' is not allowed", TestName = "An_unknown_quirk_is_refused")]
    [TestCase("""{ "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "colour": "lava" }""", "phones[0].colour: unknown key", TestName = "An_unknown_key_of_a_phone_is_refused")]
    public void Bad_phones_are_refused(string phone, string expected) =>
        Assert.That(ProblemsOf($$"""{ "phones": [{{phone}}] }"""), Has.Some.Contains(expected));

    [TestCase("id", """{ "id": "a", "mac": "00:1A:E8:00:00:02", "model": "OpenStage 40" }""")]
    [TestCase("mac", """{ "id": "b", "mac": "00:1a:e8:00:00:01", "model": "OpenStage 40" }""")]
    public void Two_phones_never_share_an_identity(string key, string second) =>
        Assert.That(ProblemsOf($$"""{ "phones": [{{Phone}}, {{second}}] }"""), Has.Some.Contains($"phones[1].{key}:"));

    [Test]
    public void Two_phones_never_share_an_address() => Assert.That(
        ProblemsOf("""
            { "phones": [
              { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "address": "127.20.0.1" },
              { "id": "b", "mac": "00:1A:E8:00:00:02", "model": "OpenStage 40", "address": "127.20.0.1" }
            ] }
            """),
        Has.Some.EqualTo("lab.json:3:3: phones[1].address: '127.20.0.1' is taken by phones[0] already; each phone needs its own."));

    [Test]
    public void All_problems_are_named_at_once_with_their_lines()
    {
        var problems = ProblemsOf("{\n  \"seed\": -1,\n  \"phones\": [\n    { \"id\": \"\" }\n  ]\n}");

        Assert.That(problems, Has.Some.StartWith("lab.json:2:11: seed"));
        Assert.That(problems, Has.Some.StartWith("lab.json:4:5: phones[0].mac"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{ \"phones\": [ }")]
    [TestCase("{} {}")]
    [TestCase("\0")]
    public void Text_that_is_no_JSON_is_refused_with_its_line(string text) =>
        Assert.That(ProblemsOf(text), Has.Some.Match("^lab.json:\\d+:\\d+: no valid JSON"));

    [Test]
    public void A_missing_file_is_named() => Assert.That(
        () => LabFileReader.Read("no-such-lab.json"),
        Throws.TypeOf<LabFileException>().With.Message.Contains("no-such-lab.json: cannot be read"));

    private static LabFile Parse(string json) => LabFileReader.Parse("lab.json", Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<string> ProblemsOf(string json)
    {
        try
        {
            Parse(json);
        }
        catch (LabFileException refused)
        {
            return refused.Problems;
        }

        return [];
    }
}
