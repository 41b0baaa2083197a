namespace OpenStage.Protocol.Xml;

/// <summary>Leaves the scanner at once when a message is refused; never leaves the reader.</summary>
internal sealed class MessageRefusedException(MessageError error) : Exception(error.ToString())
{
    public MessageError Error { get; } = error;
}
