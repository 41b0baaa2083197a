using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OpenStage.Benchmarks.Samples;

namespace OpenStage.Benchmarks.Load;

/// <summary>
/// A request whose bytes are made once; what differs from phone to phone and from message to message is written in place,
/// so that the load costs little beside what it measures.
/// </summary>
internal sealed class RequestTemplate
{
    private const string Cookie = "C00C1EC00C1EC00C1EC00C1EC00C1E00";

    private readonly byte[] bytes;
    private readonly List<int> macs;
    private readonly List<int> nonces;
    private readonly List<int> cookies;
    private readonly int counter;

    /// <param name="body">A message with the marks of <see cref="SampleMessages"/>.</param>
    /// <param name="hasCookie">True for a reply, which presents the cookie of its interaction.</param>
    public RequestTemplate(Uri url, ReadOnlySpan<byte> body, bool hasCookie)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Length: {body.Length}\r\n");
        bytes = [.. Encoding.ASCII.GetBytes(hasCookie ? $"{head}Cookie: JSESSIONID={Cookie}\r\n\r\n" : $"{head}\r\n"), .. body];
        macs = Places(SampleMessages.Mac);
        nonces = Places(SampleMessages.Nonce);
        cookies = Places(Cookie);
        var changing = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(SampleMessages.Changing));
        counter = changing < 0 ? -1 : changing + SampleMessages.Changing.Length - 8;
    }

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <param name="number">Number of the phone, 0 to 16,777,215: the lower half of its MAC address.</param>
    public void SetPhone(int number)
    {
        Span<byte> mac = stackalloc byte[SampleMessages.Mac.Length];
        Encoding.ASCII.GetBytes(SampleMessages.Mac, mac);
        for (var part = 0; part < 3; part++)
            Hex((byte)(number >> (16 - (8 * part))), mac[(9 + (3 * part))..]);
        Put(macs, mac);
    }

    /// <param name="nonce">32 hex digits.</param>
    public void SetNonce(ReadOnlySpan<byte> nonce) => Put(nonces, nonce);

    /// <param name="cookie">32 hex digits.</param>
    public void SetCookie(ReadOnlySpan<byte> cookie) => Put(cookies, cookie);

    /// <summary>Gives the one item that may change another value.</summary>
    /// <param name="value">0 to 99,999,999.</param>
    public void SetChange(int value)
    {
        if (counter >= 0)
            Utf8Formatter.TryFormat(value, bytes.AsSpan(counter, 8), out _, new System.Buffers.StandardFormat('D', 8));
    }

    /// <summary>Writes a number as hex digits, as many as there is room for.</summary>
    public static void Digits(ulong number, Span<byte> digits) => Utf8Formatter.TryFormat(number, digits, out _, new System.Buffers.StandardFormat('X', (byte)digits.Length));

    private static void Hex(byte value, Span<byte> digits) => Utf8Formatter.TryFormat(value, digits, out _, new System.Buffers.StandardFormat('X', 2));

    private List<int> Places(string mark)
    {
        var found = new List<int>();
        var sought = Encoding.ASCII.GetBytes(mark);
        for (int from = 0, at; (at = bytes.AsSpan(from).IndexOf(sought)) >= 0; from += at + mark.Length)
            found.Add(from + at);
        return found;
    }

    private void Put(List<int> places, ReadOnlySpan<byte> text)
    {
        foreach (var place in places)
            text.CopyTo(bytes.AsSpan(place));
    }
}
