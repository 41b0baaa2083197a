using NUnit.Framework;
using OpenStage.Protocol.Items;

namespace OpenStage.Protocol.Tests.Items;

/// <summary>Reading the table, whole and broken.</summary>
[TestFixture]
public sealed class ItemTableTests
{
    private const string Header = "name,group,index,minimumIndex,maximumIndex,type,minimum,maximum,maximumLength,choices,default,access,availability,source,meaning";
    private const string Row = "a,g,none,,,text,,,,,,rw,,field,m";

    [Test]
    public void Quotes_commas_and_line_breaks_in_a_field_are_read()
    {
        var items = Read($"{Header}\r\na,g,none,,,text,,,,,,rw,,\"field; guide p.48\",\"says \"\"a, b\"\"\r\nand c\"\r\n{Row.Replace("a,", "b,", StringComparison.Ordinal)}");

        Assert.That(items, Has.Count.EqualTo(2));
        Assert.That((items[0].Meaning, items[0].GuidePage), Is.EqualTo(("says \"a, b\"\r\nand c", (int?)48)));
    }

    [Test]
    public void Codes_and_ranges_are_read()
    {
        var items = Read($"{Header}\na,g,required,0,7,choice,,,,0=off;1=on = hot;update,,rw,,field,m\nb,g,none,,,number,-5,5,,,,r,,field,m\n");

        Assert.That(items[0].Choices, Is.EquivalentTo(new Dictionary<string, string> { ["0"] = "off", ["1"] = "on = hot", ["update"] = "" }));
        Assert.That((items[0].MinimumIndex, items[0].MaximumIndex), Is.EqualTo((0, (int?)7)));
        Assert.That((items[1].Minimum, items[1].Maximum), Is.EqualTo(((int?)-5, (int?)5)));
    }

    [TestCase("", "line 1, column 1: the columns must be name,group,")]
    [TestCase("name,group\n", "line 1, column 1: the columns must be name,group,")]
    [TestCase(Header + "\n" + Row + "\na,g\n", "line 3, column 3: 2 columns, 15 are needed.")]
    [TestCase(Header + "\n\n", "line 2, column 1: 1 columns, 15 are needed.")]
    [TestCase(Header + "\n" + Row + "\n" + Row, "line 3, column 1: name 'a' is not allowed; allowed is a name that no other item has.")]
    [TestCase(Header + "\na,g,some,,,text,,,,,,rw,,field,m", "line 2, column 5: index 'some' is not allowed; allowed is none, optional, required.")]
    [TestCase(Header + "\na,g,none,,,float,,,,,,rw,,field,m", "line 2, column 12: type 'float' is not allowed; allowed is binary, ")]
    [TestCase(Header + "\na,g,none,,,3,,,,,,rw,,field,m", "line 2, column 12: type '3' is not allowed")]
    [TestCase(Header + "\na,g,none,,,number,low,,,,,rw,,field,m", "line 2, column 19: minimum 'low' is not allowed; allowed is a whole number or nothing.")]
    [TestCase(Header + "\na,g,none,,,text,,,,,,rwx,,field,m", "line 2, column 22: access 'rwx' is not allowed; allowed is action, r, rw, w.")]
    [TestCase(Header + "\na,g,none,,,choice,,,,,,rw,,field,m", "line 2, column 22: choices '' is not allowed; allowed is codes for a choice")]
    [TestCase(Header + "\na,g,none,,,text,,,,0=a,,rw,,field,m", "line 2, column 20: choices '0=a' is not allowed; allowed is codes for a choice")]
    [TestCase(Header + "\na,g,none,,,choice,,,,0=a;0=b,,rw,,field,m", "line 2, column 22: choices '0=a;0=b' is not allowed; allowed is each code once.")]
    [TestCase(Header + "\na,g,none,,,text,,,,,,rw,,field,\"m", "line 2, column 32: a quote is not closed.")]
    [TestCase(Header + "\na,g,none,,,text,,,,,,rw,,field,\"m\"n", "line 2, column 35: text follows a closing quote.")]
    [TestCase(Header + "\na,g,none,,,text,,,,,,rw,,field,m\"n", "line 2, column 33: a quote inside a field that is not quoted.")]
    [TestCase(Header + "\n\"a\nb\",g,none,,,text,,,,,,rwx,,field,m", "line 3, column 23: access 'rwx' is not allowed")]
    [TestCase(Header + "\na\rb", "line 2, column 2: a carriage return without line feed.")]
    public void A_broken_table_is_refused_with_line_and_column(string text, string message) =>
        Assert.That(() => Read(text), Throws.TypeOf<FormatException>().With.Message.StartsWith("items.csv, " + message));

    private static IReadOnlyList<ItemDefinition> Read(string text) => ItemTable.Read(new StringReader(text));
}
