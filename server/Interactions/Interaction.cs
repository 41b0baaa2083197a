using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Interactions;

/// <summary>
/// One conversation with one phone, as a pure function: state and message in, state and answer out (WPI guide p.32-50,
/// p.69-76). No I/O, no clock, no randomness.
/// </summary>
internal static class Interaction
{
    /// <summary>Takes one message of the phone.</summary>
    /// <param name="state">A fresh state for an initiating message, else the interaction that the cookie names.</param>
    public static InteractionStep Handle(InteractionState state, WorkpointMessage message, InteractionInput input)
    {
        if (IsRepeat(state, message, input.BodyHash))
            return new InteractionStep(state with { LastMessage = input.Now }, state.LastAnswer!, []);

        var turn = new InteractionTurn(state, message, input);
        var answer = message.IsInitiating ? turn.Begin() : turn.Reply();
        var next = turn.State with
        {
            InitialNonce = message.IsInitiating ? message.Nonce : state.InitialNonce,
            LastNonce = message.Nonce,
            LastBodyHash = input.BodyHash,
            LastAnswer = answer,
            LastMessage = input.Now,
            ItemsRead = turn.AllItemsRead,
        };
        return new InteractionStep(next, answer, turn.Effects);
    }

    /// <summary>
    /// True when this POST is the last one again, because its answer got lost: it gets the same answer and no job runs
    /// twice. Nonces are unique in most phones, but p.34 also shows one nonce for a whole flow; with such a phone two
    /// equal replies in a row are two replies.
    /// </summary>
    /// <param name="bodyHash">See <see cref="BodyHash"/>.</param>
    public static bool IsRepeat(InteractionState state, WorkpointMessage message, string bodyHash)
    {
        if (state.LastAnswer is not { } answer || message.Nonce.Length == 0
            || message.Nonce != state.LastNonce || bodyHash != state.LastBodyHash)
            return false;
        if (!message.IsInitiating)
            return message.Nonce != state.InitialNonce;

        // An interaction that ended at once did nothing that must not be done again, but for a Restart.
        return answer.Action != ServerAction.CleanUp;
    }

    /// <summary>Ends an interaction from outside: the phone began another, or fell silent.</summary>
    public static InteractionStep BreakOff(InteractionState state, InteractionInput input, string why)
    {
        var turn = new InteractionTurn(state, new WorkpointMessage { Nonce = "" }, input);
        turn.BreakOff(why);
        return new InteractionStep(turn.State, DlsMessage.CleanUp(""), turn.Effects);
    }

    /// <summary>Ends an interaction because the phone sent clean-up (p.13, p.83); its job fails with the phone's reason.</summary>
    public static InteractionStep PhoneCleanUp(InteractionState state, WorkpointMessage message, InteractionInput input)
    {
        var turn = new InteractionTurn(state, message, input);
        var answer = turn.PhoneCleanUp();
        var next = turn.State with { LastMessage = input.Now, ItemsRead = turn.AllItemsRead };
        return new InteractionStep(next, answer, turn.Effects);
    }
}
