namespace OpenStage.Server.Conversations;

/// <summary>Hands phones over to scripts.</summary>
public interface IConversationScripts
{
    /// <summary>
    /// Gives all messages of a phone to a conversation until the result is disposed; no jobs are served meanwhile and the
    /// server sends the phone no contact-me. A later conversation for the same phone takes precedence over an earlier one.
    /// </summary>
    /// <exception cref="ArgumentException">The text is no MAC address.</exception>
    IDisposable Take(string mac, IConversation conversation);
}
