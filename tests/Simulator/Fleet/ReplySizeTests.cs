using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Fleet;

[TestFixture]
public sealed class ReplySizeTests
{
    [TestCase("")]
    [TestCase("plain 123")]
    [TestCase("<&>\"")]
    [TestCase("ü€𝄞\t\r\n")]
    public void The_bound_is_never_below_the_size(string value)
    {
        Item[] items =
        [
            new("e164", value), new("function-key-def", value, int.MaxValue), new("ntp-ip-addr", value) { Status = ItemStatus.NotSupported },
            new("a<b", value, 3) { StatusText = value, Type = value },
        ];
        var reply = new WorkpointMessage
        {
            Nonce = new string('F', 32),
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            Items = items,
        };
        Assert.That(ReplySize.AtMost(items), Is.GreaterThanOrEqualTo(WorkpointWriter.Write(reply).Length));
    }

    [Test]
    public void Plain_items_are_measured_to_the_byte_but_for_the_frame()
    {
        Item[] items = [.. Enumerable.Range(0, 400).Select(number => new Item("ringer-melody", $"{number}"))];
        Assert.That(ReplySize.AtMost(items) - ReplySize.AtMost([]), Is.EqualTo(items.Sum(item => $"<Item name=\"{item.Name}\">{item.Value}</Item>\n".Length)));
    }
}
