using NUnit.Framework;
using NUnit.Framework.Constraints;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Limits;

/// <summary>What XML cannot carry is refused by the writers, with the place and without the value.</summary>
[TestFixture]
internal sealed class WriterRefusalTests
{
    private static readonly string[] Uncarriable = ["s3cret\0", "s3cret\u0007", "\u001Bs3cret", "s3cret\uFFFE", "\uD83Ds3cret", "s3cret\uDCDE", "s3cret\uD83D"];

    [TestCaseSource(nameof(Uncarriable))]
    public void An_item_value_is_refused_by_its_name_and_index(string value)
    {
        var item = new Item("user-pwd", value, 3);

        Assert.That(() => WorkpointWriter.Write(Phone with { Items = [item] }), Refused("user-pwd[3]"));
        Assert.That(() => DlsWriter.Write(Service with { Items = [item] }), Refused("user-pwd[3]"));
    }

    [TestCaseSource(nameof(Uncarriable))]
    public void Attributes_are_refused_by_their_name(string value)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => WorkpointWriter.Write(Phone with { Nonce = value }), Refused("nonce"));
            Assert.That(() => WorkpointWriter.Write(Phone with { Action = value }), Refused("action"));
            Assert.That(() => WorkpointWriter.Write(Phone with { StatusText = value }), Refused("status"));
            Assert.That(() => WorkpointWriter.Write(Phone with { ReasonText = value }), Refused("ReasonForContact"));
            Assert.That(() => WorkpointWriter.Write(Phone with { Items = [new Item(value)] }), Refused("name"));
            Assert.That(() => WorkpointWriter.Write(Phone with { Items = [new Item("a") { Type = value }] }), Refused("type"));
            Assert.That(() => WorkpointWriter.Write(Phone with { Items = [new Item("a") { StatusText = value }] }), Refused("status"));
            Assert.That(() => DlsWriter.Write(Service with { Nonce = value }), Refused("nonce"));
            Assert.That(() => DlsWriter.Write(Service with { ActionText = value }), Refused("Action"));
        }
    }

    private static WorkpointMessage Phone { get; } = new() { Nonce = "0", Reason = ContactReason.ReplyTo };

    private static DlsMessage Service { get; } = new() { Nonce = "0", Action = ServerAction.WriteItems };

    private static ContainsConstraint Refused(string place) =>
        Throws.TypeOf<ArgumentException>().With.Message.Contains(place).And.Message.Not.Contains("s3cret");
}
