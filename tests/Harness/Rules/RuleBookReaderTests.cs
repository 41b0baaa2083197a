using NUnit.Framework;
using OpenStage.Harness.Rules;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Tests.Rules;

[TestFixture]
public sealed class RuleBookReaderTests
{
    private const string Sections = "section,title,guide,pages\n7.06,Read items,3.6.3 3.6,42-43 45\n13,Mobility,,\n";
    private const string Header = "id,page,level,side,source,checks,reason,rule\n";

    [Test]
    public void Rules_are_read_with_their_sections()
    {
        var book = Read(Header + "R-7.06-1,45,must,phone,guide,wpi/1/1 wpi/1/2,,\"Values, all of them.\"\nR-13-2,,informational,both,field,,Nobody is there.,Users log on.\nR-13-3,,informational,server,inferred,,,Something.\n");
        var first = book.Rules[0];
        Assert.That(first.Section.Pages, Is.EqualTo(new[] { 42, 43, 45 }));
        Assert.That(first.Section.Guide, Is.EqualTo(new[] { "3.6.3", "3.6" }));
        Assert.That((first.Page, first.Level, first.Side, first.Source, first.Text), Is.EqualTo((45, Level.Must, RuleSide.Phone, RuleSource.Guide, "Values, all of them.")));
        Assert.That(book.CheckedBy("wpi/1/2"), Is.EqualTo(new[] { first }));
        Assert.That(book.Rules.Select(rule => rule.IsOpen), Is.EqualTo(new[] { false, false, true }));
        Assert.That(book.Coverage().Select(line => (line.Rules, line.Checked, line.Reasoned, line.Open)), Is.EqualTo(new[] { (1, 1, 0, 0), (2, 0, 1, 1) }));
    }

    [TestCase("R-7.06-1,44,must,phone,guide,,,Text", "rules.csv, line 2, column 10: page '44' is not allowed; allowed is a page that section 7.06 rests on: 42, 43, 45.")]
    [TestCase("R-7.06-1,x,must,phone,guide,,,Text", "column 10: page 'x' is not allowed")]
    [TestCase("R-7.06-1,,must,phone,guide,,,Text", "column 10: page '' is not allowed; allowed is a page, as the source is the guide.")]
    [TestCase("R-13-1,1,informational,phone,field,,,Text", "allowed is a page that section 13 rests on: none.")]
    [TestCase("R-8-1,45,must,phone,guide,,,Text", "column 1: id 'R-8-1' is not allowed; allowed is a section of the reference: 7.06, 13.")]
    [TestCase("R-7.6-1,45,must,phone,guide,,,Text", "id 'R-7.6-1' is not allowed")]
    [TestCase("R-7.06-0,45,must,phone,guide,,,Text", "id 'R-7.06-0' is not allowed; allowed is an id such as R-7.06-3 that no other rule has.")]
    [TestCase("R-7.06-1,45,may,phone,guide,,,Text", "level 'may' is not allowed; allowed is informational, must, should.")]
    [TestCase("R-7.06-1,45,must,fax,guide,,,Text", "side 'fax' is not allowed; allowed is both, phone, server.")]
    [TestCase("R-7.06-1,45,must,phone,rumour,,,Text", "source 'rumour' is not allowed; allowed is field, guide, inferred, manual.")]
    [TestCase("R-7.06-1,45,must,phone,inferred,,,Text", "level 'must' is not allowed; allowed is informational, as the source is not the guide.")]
    [TestCase("R-7.06-1,45,must,phone,guide,a a,,Text", "checks 'a a' is not allowed; allowed is each case once.")]
    [TestCase("R-7.06-1,45,must,phone,guide,a,Why.,Text", "reason 'Why.' is not allowed; allowed is nothing, as cases check the rule.")]
    [TestCase("R-7.06-1,45,must,phone,guide,,,", "rule '' is not allowed; allowed is a text.")]
    [TestCase("R-7.06-1,45,must", "3 columns, 8 are needed.")]
    public void A_rule_that_cannot_be_used_is_named(string row, string expected) =>
        Assert.That(() => Read(Header + row + "\n"), Throws.InstanceOf<FormatException>().With.Message.Contains(expected));

    [Test]
    public void An_id_is_there_once() => Assert.That(
        () => Read(Header + "R-13-1,,informational,phone,field,,,Text\nR-13-1,,informational,phone,field,,,Text\n"),
        Throws.InstanceOf<FormatException>().With.Message.StartWith("rules.csv, line 3, column 1: id 'R-13-1'"));

    [TestCase("7.6,Read items,,", "sections.csv, line 2, column 1: section '7.6' is not allowed; allowed is a number such as 7.06 that no other section has.")]
    [TestCase("7.06,,,", "title '' is not allowed")]
    [TestCase("7.06,Read items,,45-42", "pages '45-42' is not allowed; allowed is pages and ranges such as 30 34-36.")]
    [TestCase("7.06,Read items,,1-2-3", "pages '1-2-3' is not allowed")]
    [TestCase("7.06,Read items,,0", "pages '0' is not allowed")]
    [TestCase("7.06,Read items,,1-2000000000", "pages '1-2000000000' is not allowed")]
    public void A_section_that_cannot_be_used_is_named(string row, string expected) =>
        Assert.That(() => Read(Header, "section,title,guide,pages\n" + row + "\n"), Throws.InstanceOf<FormatException>().With.Message.Contains(expected));

    [Test]
    public void Other_columns_are_refused() =>
        Assert.That(() => Read("id,rule\n"), Throws.InstanceOf<FormatException>().With.Message.EqualTo("rules.csv, line 1, column 1: the columns must be id,page,level,side,source,checks,reason,rule."));

    private static RuleBook Read(string rules, string sections = Sections)
    {
        using var first = new StringReader(sections);
        using var second = new StringReader(rules);
        return RuleBookReader.Read(first, "sections.csv", second, "rules.csv");
    }
}
