using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>What goes to a phone.</summary>
/// <param name="Mac">The phone, or empty when it is not known.</param>
/// <param name="Cookie">The session, or empty.</param>
internal sealed record PhoneAnswer(int Status, ReadOnlyMemory<byte> Body, string Mac = "", string Cookie = "")
{
    public string ContentType { get; init; } = "text/xml; charset=UTF-8";

    public bool SetCookie { get; init; }

    public bool Chunked { get; init; }

    /// <summary>Drop the connection instead of answering.</summary>
    public bool Abort { get; init; }

    /// <summary>Close the connection after the answer.</summary>
    public bool Close { get; init; }

    /// <summary>For an answer with status 405.</summary>
    public string Allow { get; init; } = "";

    public static PhoneAnswer Of(DlsMessage message, string mac = "", string cookie = "", bool setCookie = false) =>
        new(200, DlsWriter.Write(message), mac, cookie) { SetCookie = setCookie };

    public static PhoneAnswer Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text)) { ContentType = "text/plain; charset=utf-8" };
}
