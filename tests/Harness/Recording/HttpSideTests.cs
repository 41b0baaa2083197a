using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.Recording;

[TestFixture]
public sealed class HttpSideTests
{
    [TestCase("HTTP/1.1 200 OK\r\ncontent-LENGTH: 3\r\n\r\nabcdef", "abc")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nTrailer: 1\r\n\r\n", "abc")]
    [TestCase("HTTP/1.0 200 OK\r\n\r\nabc", "abc")]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\nabc", "")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a")]
    public async Task The_body_of_an_answer_ends_as_its_headers_say(string wire, string body) =>
        Assert.That(Encoding.Latin1.GetString((await AnswerAsync(wire))!.Body), Is.EqualTo(body));

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "Content-Length is '-1'; allowed is 0 to")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "Content-Length is '99999999999'")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "A chunk has the size 'xyz'; allowed is a hex number")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "closed in the middle")]
    [TestCase("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "'no colon' has no colon")]
    [TestCase("HTTP/1.1 200 OK\r\nA: b", "closed in the middle of a header")]
    [TestCase("\r\n\r\n", "no first line")]
    public void An_answer_that_cannot_be_read_says_what_came(string wire, string problem) =>
        Assert.That(async () => await AnswerAsync(wire), Throws.InstanceOf<IOException>().With.Message.Contains(problem));

    [Test]
    public async Task No_bytes_are_no_message()
    {
        Assert.That(await AnswerAsync(""), Is.Null);
        Assert.That(await HttpSide.ReadAsync(new MemoryStream(), CancellationToken.None), Is.Null);
    }

    [TestCase("POST / HTTP/1.1\r\nhOST: a\r\nX-b:  c \r\nContent-Length: 2\r\n\r\nab", "POST / HTTP/1.1\r\nhOST: a\r\nX-b: c\r\nContent-Length: 2\r\n\r\nab")]
    [TestCase("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")]
    [TestCase("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task A_request_goes_on_with_its_headers_in_order_and_spelling_and_its_way_of_sending_a_body(string wire, string expected) =>
        Assert.That(Encoding.Latin1.GetString(HttpSide.Write((await HttpSide.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(wire)), CancellationToken.None))!)), Is.EqualTo(expected));

    [TestCase("HTTP/1.1 200 OK", "", true)]
    [TestCase("HTTP/1.1 200 OK", "Close", false)]
    [TestCase("HTTP/1.0 200 OK", "", false)]
    [TestCase("HTTP/1.0 200 OK", "Keep-Alive", true)]
    [TestCase("POST / HTTP/1.0", "", false)]
    public void The_version_and_one_header_say_whether_the_connection_goes_on(string first, string connection, bool expected) =>
        Assert.That(HttpSide.Keeps(new RawMessage(first, connection.Length == 0 ? [] : [new HttpHeader("connection", connection)], [])), Is.EqualTo(expected));

    private static Task<RawMessage?> AnswerAsync(string wire) => HttpSide.ReadAnswerAsync(new MemoryStream(Encoding.Latin1.GetBytes(wire)), CancellationToken.None);
}
