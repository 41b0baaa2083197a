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

    /// <summary>Reason for contact that is answered, or empty when the request was no message.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Action of the answer, or empty.</summary>
    public string Action { get; init; } = "";

    /// <summary>For an answer with status 405.</summary>
    public string Allow { get; init; } = "";

    /// <param name="signature">Signs the message; null for a bare one.</param>
    public static PhoneAnswer Of(DlsMessage message, AnswerSignature? signature, string mac = "", string cookie = "", bool setCookie = false)
    {
        var body = DlsWriter.Write(message);
        return new PhoneAnswer(200, signature?.Sign(body) ?? body, mac, cookie) { SetCookie = setCookie };
    }

    public static PhoneAnswer Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text)) { ContentType = "text/plain; charset=utf-8" };
}
