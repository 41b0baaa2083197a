using NUnit.Framework;
using OpenStage.Benchmarks.Gate;

namespace OpenStage.Performance.Tests;

public sealed class GateFileTests
{
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(file);

    [Test]
    public void Entries_come_back_with_three_digits_of_their_ratio()
    {
        GateFile.Save(file, [new GateEntry("read-reply", 317_416, 2.9177), new GateEntry("interaction", 9024, 0.078025)]);

        Assert.That(GateFile.Read(file), Is.EqualTo(new[] { new GateEntry("read-reply", 317_416, 2.92), new GateEntry("interaction", 9024, 0.078) }));
    }

    [TestCase("{}", "line 1: operations is missing.")]
    [TestCase("{ \"operations\": [],\n \"operation\": [] }", "line 2: operation is no key; allowed: operations.")]
    [TestCase("{ \"operations\": [\n { \"name\": \"a\", \"bytes\": 1 } ] }", "line 2: operations[0].bytes is no key; allowed: name, allocatedBytes, ratio.")]
    [TestCase("{ \"operations\": [\n { \"name\": \"a\", \"allocatedBytes\": 1.5, \"ratio\": 1 } ] }", "line 2: operations[0].allocatedBytes is 1.5; allowed: a whole number from 0.")]
    [TestCase("{ \"operations\": [\n { \"name\": \"a\", \"allocatedBytes\": -1, \"ratio\": 1 } ] }", "line 2: operations[0].allocatedBytes is -1; allowed: a whole number from 0.")]
    [TestCase("{ \"operations\": [\n { \"name\": \"a\", \"allocatedBytes\": 1, \"ratio\": 0 } ] }", "line 2: operations[0].ratio is 0; allowed: a number above 0.")]
    [TestCase("{ \"operations\": [ { \"name\": \"a\", \"allocatedBytes\": 1, \"ratio\": 1 },\n { \"name\": \"a\", \"allocatedBytes\": 1, \"ratio\": 1 } ] }",
        "line 2: operations[1].name is a; allowed: a name that no other operation has.")]
    public void A_wrong_file_is_refused_with_line_key_and_what_is_allowed(string text, string expected)
    {
        File.WriteAllText(file, text);

        Assert.That(() => GateFile.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{file}, {expected}"));
    }
}
