using NUnit.Framework;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Tests.Recording;

[TestFixture]
public sealed class MessageLinesTests
{
    private const string Message = "<W xmlns=\"u\"><Message nonce=\"A1\" maxItems=\"-1\"><R>x</R><ItemList><Item name=\"a\"/><Item name=\"b\" index=\"1\">v</Item></ItemList></Message></W>";

    [TestCase("<?xml version=\"1.0\"?>\n" + Message + "\n", TestName = "prolog and line end")]
    [TestCase("\uFEFF" + Message, TestName = "byte-order mark")]
    [TestCase("<p:W xmlns:p=\"u\"><p:Message nonce=\"A1\" maxItems=\"-1\"><p:R>x</p:R><p:ItemList><p:Item name=\"a\"/><p:Item name=\"b\" index=\"1\">v</p:Item></p:ItemList></p:Message></p:W>", TestName = "prefix")]
    public void Spelling_is_not_content(string other) => Assert.That(MessageLines.Canonical(other), Is.EqualTo(MessageLines.Canonical(Message)));

    [TestCase("nonce=\"A1\" maxItems=\"-1\"", "maxItems='-1'  nonce='FFFF'", TestName = "order and quotes of attributes, nonce")]
    [TestCase("<Item name=\"a\"/>", "\n  <Item name=\"a\"></Item>", TestName = "empty element and white space")]
    [TestCase(">x<", ">\n x \n<", TestName = "white space around text")]
    public void White_space_and_order_of_attributes_are_not_content(string from, string to) =>
        Assert.That(MessageLines.Canonical(Message.Replace(from, to, StringComparison.Ordinal)), Is.EqualTo(MessageLines.Canonical(Message)));

    [TestCase("xmlns=\"u\"", "xmlns=\"U\"", TestName = "namespace")]
    [TestCase("maxItems=\"-1\"", "", TestName = "attribute missing")]
    [TestCase("index=\"1\"", "index=\"2\"", TestName = "attribute value")]
    [TestCase(">v<", ">V<", TestName = "text")]
    [TestCase("<Item name=\"a\"/><Item name=\"b\" index=\"1\">v</Item>", "<Item name=\"b\" index=\"1\">v</Item><Item name=\"a\"/>", TestName = "order of elements")]
    public void Elements_their_order_attributes_and_values_are_content(string from, string to) =>
        Assert.That(MessageLines.Canonical(Message.Replace(from, to, StringComparison.Ordinal)), Is.Not.EqualTo(MessageLines.Canonical(Message)).And.Not.Null);

    [TestCase("")]
    [TestCase("no XML")]
    [TestCase("<W><Message></W>")]
    public void What_is_no_XML_has_no_canonical_form(string text) => Assert.That(MessageLines.Canonical(text), Is.Null);

    [Test]
    public void Raw_lines_show_white_space_and_the_form_of_the_nonce_but_not_its_value()
    {
        Assert.That(MessageLines.Raw("<a nonce=\"0A\">\r\n\t<b/></a>"), Is.EqualTo(new[] { "<a nonce=\"2 upper\">\\r\\n", "\\t<b/>", "</a>" }));
        Assert.That(MessageLines.Raw("<a nonce=\"0a\"/>"), Is.EqualTo(new[] { "<a nonce=\"2 lower\"/>" }));
    }
}
