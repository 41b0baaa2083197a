namespace OpenStage.Server.Conversations;

/// <summary>Leads a phone through a conversation in place of the server's own interactions.</summary>
public interface IConversation
{
    /// <summary>Answers one POST of the phone. It may take its time: the exchange waits for it.</summary>
    ValueTask<ScriptedAnswer> AnswerAsync(ScriptedRequest request, CancellationToken cancellation);
}
