using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Malformed;

/// <summary>What is no message is refused with a clear error, quickly, and never with an exception.</summary>
[TestFixture]
internal sealed class MalformedMessageTests
{
    private const string Folder = "malformed";

    // Far more than any of these small bodies can need, far less than an entity bomb takes.
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(2);

    private static readonly string[] Codes =
        ["malformed-xml", "doctype-refused", "too-large", "too-deep", "too-many-items", "wrong-root", "encoding", "empty-body"];

    private static IEnumerable<string> Files => MessageFiles.In(Folder);

    [TestCaseSource(nameof(Files))]
    public void Both_readers_refuse_it_with_a_clear_error(string file)
    {
        var body = MessageFiles.Read(Folder, file);
        var clock = Stopwatch.StartNew();
        var errors = new[] { WorkpointReader.Read(body).Error, DlsReader.Read(body).Error };
        clock.Stop();

        foreach (var error in errors)
        {
            Assert.That(error, Is.Not.Null);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(error!.Code, Is.AnyOf(Codes));
                Assert.That(error.Expected, Is.Not.Empty.And.Length.LessThan(200));
                Assert.That(error.Actual, Is.Not.Empty.And.Length.LessThan(300));
                Assert.That((error.Line, error.Column), error.Line > 0 ? Is.GreaterThan((0, 0)) : Is.EqualTo((0, 0)));
                Assert.That(error.ToString(), Does.Contain(error.Expected).And.Contain(error.Actual).And.Contain(error.Code));
            }
        }

        Assert.That(clock.Elapsed, Is.LessThan(Plenty));
    }

    [Test]
    public void There_are_many_of_them_and_all_are_small()
    {
        Assert.That(Files.Count(), Is.GreaterThan(100));
        Assert.That(Files.Select(file => MessageFiles.Read(Folder, file).Length), Has.All.LessThan(50 * 1024));
    }

    [TestCase("empty.xml", "empty-body")]
    [TestCase("white-space-only.xml", "empty-body")]
    [TestCase("byte-order-mark-only.xml", "empty-body")]
    [TestCase("doctype-empty.xml", "doctype-refused")]
    [TestCase("doctype-external-subset.xml", "doctype-refused")]
    [TestCase("entity-bomb.xml", "doctype-refused")]
    [TestCase("entity-external-file.xml", "doctype-refused")]
    [TestCase("entity-external-url.xml", "doctype-refused")]
    [TestCase("entity-parameter.xml", "doctype-refused")]
    [TestCase("entity-quadratic.xml", "doctype-refused")]
    [TestCase("html-page.html", "doctype-refused")]
    [TestCase("entity-unknown.xml", "malformed-xml")]
    [TestCase("element-named-DTD.xml", "malformed-xml")]
    [TestCase("attribute-twice.xml", "malformed-xml")]
    [TestCase("nul-in-value.xml", "malformed-xml")]
    [TestCase("two-roots.xml", "malformed-xml")]
    [TestCase("trailing-text.xml", "malformed-xml")]
    [TestCase("json.json", "malformed-xml")]
    [TestCase("nesting-deep.xml", "too-deep")]
    [TestCase("nesting-deep-in-item.xml", "too-deep")]
    [TestCase("nesting-deep-in-signature.xml", "too-deep")]
    [TestCase("encoding-unknown.xml", "encoding")]
    [TestCase("encoding-utf-7.xml", "encoding")]
    [TestCase("utf-8-invalid-byte.xml", "encoding")]
    [TestCase("latin-1-as-utf-8.xml", "encoding")]
    [TestCase("root-unknown.xml", "wrong-root")]
    [TestCase("root-empty.xml", "wrong-root")]
    [TestCase("root-name-huge.xml", "wrong-root")]
    [TestCase("soap.xml", "wrong-root")]
    [TestCase("signature-empty.xml", "wrong-root")]
    public void The_error_has_the_right_code(string file, string code) =>
        Assert.That(WorkpointReader.Read(MessageFiles.Read(Folder, file)).Error!.Code, Is.EqualTo(code));

    [TestCase("nesting-wrong-end.xml", 3, 29)]
    [TestCase("attribute-twice.xml", 2, 20)]
    [TestCase("entity-bare-ampersand.xml", 6, 32)]
    [TestCase("control-in-value.xml", 6, 33)]
    [TestCase("doctype-after-declaration.xml", 2, 1)]
    [TestCase("root-unknown.xml", 1, 2)]
    [TestCase("cut-before-root-end.xml", 9, 1)]
    public void The_error_has_the_place(string file, int line, int column)
    {
        var error = WorkpointReader.Read(MessageFiles.Read(Folder, file)).Error!;

        Assert.That(error.Line, Is.EqualTo(line));
        Assert.That(error.Column, Is.EqualTo(column).Within(10));
    }

    [Test]
    public void A_message_of_the_other_direction_is_refused_as_the_wrong_root()
    {
        var fromPhone = DlsReader.Read(MessageFiles.Read("golden", "p041-solicited.xml")).Error!;
        var fromService = WorkpointReader.Read(MessageFiles.Read("golden", "p035-clean-up.xml")).Error!;

        Assert.That((fromPhone.Code, fromPhone.Line), Is.EqualTo(("wrong-root", 2)));
        Assert.That((fromService.Code, fromService.Line), Is.EqualTo(("wrong-root", 2)));
        Assert.That(fromPhone.Expected, Does.Contain("DLSMessage"));
        Assert.That(fromPhone.Actual, Does.Contain("WorkpointMessage"));
    }

    [Test]
    public void Every_cut_of_every_golden_message_is_refused_until_the_root_ends()
    {
        foreach (var file in MessageFiles.In("golden"))
        {
            var body = MessageFiles.Read("golden", file);
            var end = Encoding.UTF8.GetString(body).TrimEnd().Length;
            for (var length = 0; length < end - 1; length += 7)
            {
                var cut = body.AsMemory(0, length);
                Assert.That(WorkpointReader.Read(cut).Ok || DlsReader.Read(cut).Ok, Is.False, $"{file} cut to {length} bytes");
            }
        }
    }
}
