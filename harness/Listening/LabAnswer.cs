using System.Text;

namespace OpenStage.Harness.Listening;

/// <summary>What a listener of the lab answers.</summary>
public sealed record LabAnswer(int Status, byte[] Body, string ContentType = "text/xml; charset=UTF-8")
{
    public static LabAnswer NotFound { get; } = new(404, []);

    /// <summary>An answer of the service to a phone's message, with the nonce of that.</summary>
    /// <param name="content">What stands in Message: an Action, and an ItemList if it has one.</param>
    public static LabAnswer Of(LabRequest call, string content) => new(200, Encoding.UTF8.GetBytes(
        $"<DLSMessage xmlns=\"http://www.siemens.com/DLS\"><Message nonce=\"{call.Message.Nonce}\">{content}</Message></DLSMessage>"));
}
