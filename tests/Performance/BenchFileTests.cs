using NUnit.Framework;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Performance.Tests;

public sealed class BenchFileTests
{
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(file);

    [Test]
    public void Figures_come_back_as_they_were_saved()
    {
        Figure[] figures = [Made.Figure(1.5, floor: 0.75), Made.Figure(200, better: Better.Higher, name: "session.rate", unit: "/s")];
        new BenchFile { Taken = DateTimeOffset.UnixEpoch, Seed = 7, Machine = MachineFacts.Read(), Figures = figures }.Save(file);

        Assert.That(BenchFile.ReadFigures(file), Is.EqualTo(figures));
    }

    [TestCase("{", "line 1: no JSON")]
    [TestCase("{}", "line 1: schema is missing.")]
    [TestCase("[]", "line 1: the file is a list; allowed: an object.")]
    [TestCase("{ \"schema\": 2 }", "line 1: schema is 2; allowed: 1.")]
    [TestCase("{ \"schema\": 1,\n \"figures\": 3 }", "line 2: figures is 3; allowed: a list.")]
    [TestCase("{ \"schema\": 1,\n \"figures\": [\n { \"unit\": \"ms\" } ] }", "line 3: figures[0].name is missing.")]
    [TestCase("{ \"schema\": 1, \"figures\": [\n { \"name\": \"a\", \"unit\": \"ms\",\n \"better\": \"faster\" } ] }", "line 3: figures[0].better is faster; allowed: lower or higher.")]
    [TestCase("{ \"schema\": 1, \"figures\": [ { \"name\": \"a\", \"unit\": \"ms\", \"better\": \"lower\",\n \"value\": { \"median\": \"x\", \"min\": 1, \"max\": 1, \"rounds\": 1 } } ] }",
        "line 2: figures[0].value.median is x; allowed: a number.")]
    [TestCase("{ \"schema\": 1, \"figures\": [ { \"name\": \"a\", \"unit\": \"ms\", \"better\": \"lower\",\n \"value\": { \"median\": 1, \"min\": 1, \"max\": 1, \"rounds\": 0.5 } } ] }",
        "line 2: figures[0].value.rounds is 0.5; allowed: a whole number from 1.")]
    public void A_wrong_file_is_refused_with_line_key_and_what_is_allowed(string text, string expected)
    {
        File.WriteAllText(file, text);

        Assert.That(() => BenchFile.ReadFigures(file), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{file}, {expected}"));
    }

    [Test]
    public void Two_figures_of_one_name_are_refused()
    {
        const string One = "{ \"name\": \"a\", \"unit\": \"ms\", \"better\": \"lower\", \"value\": { \"median\": 1, \"min\": 1, \"max\": 1, \"rounds\": 1 } }";
        File.WriteAllText(file, $"{{ \"schema\": 1, \"figures\": [ {One},\n {One} ] }}");

        Assert.That(() => BenchFile.ReadFigures(file),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{file}, line 2: figures[1].name is a; allowed: a name that no other figure has."));
    }

    [Test]
    public void A_missing_file_is_refused_by_name()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-folder", "figures.json");

        Assert.That(() => BenchFile.ReadFigures(missing), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{missing} cannot be read: "));
    }
}
