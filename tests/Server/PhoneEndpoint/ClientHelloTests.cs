using System.Buffers;
using NUnit.Framework;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Tests.PhoneEndpoint;

public sealed class ClientHelloTests
{
    private static readonly byte[] Message = [1, 0, 0, 56, .. Enumerable.Repeat((byte)7, 56)];

    [TestCase(60)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(25)]
    public void A_hello_is_whole_with_its_last_byte_however_it_is_cut_into_records(int recordLength)
    {
        byte[] hello = [.. Message.Chunk(recordLength).SelectMany(part => new byte[] { 22, 3, 1, 0, (byte)part.Length }.Concat(part))];
        for (var length = 0; length < hello.Length; length++)
            Assert.That(ClientHello.IsWhole(new ReadOnlySequence<byte>(hello, 0, length)), Is.False, $"{length} bytes");
        Assert.That(ClientHello.IsWhole(new ReadOnlySequence<byte>(hello)), Is.True);
    }

    [TestCase(new byte[] { (byte)'G' }, TestName = "An_HTTP_request_is_not_waited_for")]
    [TestCase(new byte[] { 22, 3, 1, 0x40, 1 }, TestName = "A_record_larger_than_any_is_not_waited_for")]
    [TestCase(new byte[] { 22, 3, 1, 0, 0 }, TestName = "A_record_of_nothing_is_not_waited_for")]
    [TestCase(new byte[] { 22, 3, 1, 0, 4, 2, 0, 0, 1 }, TestName = "Another_message_is_not_waited_for")]
    [TestCase(new byte[] { 22, 3, 1, 0, 4, 1, 1, 0, 1 }, TestName = "A_hello_of_more_than_64_kB_is_not_waited_for")]
    public void What_is_no_hello_is_not_waited_for(byte[] bytes) =>
        Assert.That(ClientHello.IsWhole(new ReadOnlySequence<byte>(bytes)), Is.True);
}
