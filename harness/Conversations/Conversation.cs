using System.Collections.Concurrent;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Time;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Conversations;

namespace OpenStage.Harness.Conversations;

/// <summary>
/// A conversation with one phone, led by a case message by message: the real server takes the phone's POST, the case
/// decides what answers it.
/// </summary>
public sealed class Conversation : IConversation, IDisposable
{
    private readonly ILabTime time;
    private readonly TimeSpan patience;
    private readonly ConsentGate consent;
    private readonly PhoneSettings settings;
    private readonly ConcurrentQueue<Waiting> incoming = new();
    private readonly IDisposable taken;
    private Waiting? current;
    private volatile bool over;

    internal Conversation(ILabTime time, TimeSpan patience, IConversationScripts scripts, string mac, ConsentGate consent, PhoneSettings settings)
    {
        this.time = time;
        this.patience = patience;
        this.consent = consent;
        this.settings = settings;
        taken = scripts.Take(mac, this);
    }

    /// <summary>The phone's POST that waits for an answer, or the last one answered.</summary>
    public WireMessage Last { get; private set; } = null!;

    /// <summary>Number of POSTs the phone has sent in this conversation.</summary>
    public int Received { get; private set; }

    /// <summary>Waits for the phone's next POST.</summary>
    /// <exception cref="ConformanceException">None came within the lab's patience.</exception>
    public async Task<WireMessage> NextAsync(string expected, TimeSpan? limit = null)
    {
        if (!await time.UntilAsync(() => !incoming.IsEmpty, limit ?? patience))
            throw new ConformanceException($"{expected} within {(limit ?? patience).TotalSeconds:0} s", "no message from the phone");

        incoming.TryDequeue(out var next);
        current = next;
        Last = next!.Message;
        return Last;
    }

    /// <summary>Answers the waiting POST and waits for the phone's next one.</summary>
    public async Task<WireMessage> AskAsync(ServerAction action, params Item[] items)
    {
        Answer(action, items);
        return await NextAsync($"reply-to {Wording.Of(action)}");
    }

    /// <summary>Asks for the whole set of items, fragment by fragment (WPI guide p.69-70).</summary>
    public Task<IReadOnlyList<WireItem>> ReadAllAsync() => ReadAsync(ServerAction.ReadAllItems);

    /// <summary>Asks for items, fragment by fragment.</summary>
    public async Task<IReadOnlyList<WireItem>> ReadAsync(ServerAction action, params Item[] asked)
    {
        var items = new List<WireItem>();
        var reply = await AskAsync(action, asked);
        items.AddRange(reply.Items);
        for (var fragments = 1; reply.Fragment == "next"; fragments++)
        {
            if (fragments >= FragmentAssembler.MaxFragments)
                throw new ConformanceException("a last fragment marked final", $"{fragments} fragments, all marked next");
            reply = await AskAsync(ServerAction.GetNextFragment);
            items.AddRange(reply.Items);
        }

        return items;
    }

    /// <summary>Answers the waiting POST.</summary>
    /// <exception cref="NoConsentException">The phone's owner does not allow the action; nothing was sent.</exception>
    public void Answer(ServerAction action, params Item[] items)
    {
        consent.Check(action, items);
        Send(new ScriptedAnswer(200, DlsWriter.Write(new DlsMessage { Nonce = Last.Nonce, Action = action, Items = items.Length > 0 ? items : null })));
    }

    /// <summary>Answers the waiting POST with an action that the writer does not know.</summary>
    public void AnswerUnknown(string action) =>
        Answer(DlsWriter.Write(new DlsMessage { Nonce = Last.Nonce, ActionText = action }));

    /// <summary>Answers the waiting POST with these bytes, whatever they are.</summary>
    /// <exception cref="NoConsentException">The phone's owner does not allow everything; nothing was sent.</exception>
    public void Answer(ReadOnlyMemory<byte> body, int status = 200) => Answer(new ScriptedAnswer(status, body));

    /// <summary>Answers the waiting POST with this, whatever it is.</summary>
    /// <exception cref="NoConsentException">The phone's owner does not allow everything; nothing was sent.</exception>
    public void Answer(ScriptedAnswer answer)
    {
        consent.CheckUnknown();
        Send(answer);
    }

    private void Send(ScriptedAnswer answer)
    {
        var answered = current ?? throw new InvalidOperationException("No POST of the phone is waiting for an answer.");
        current = null;
        settings.Sending(answer.Body);
        answered.Answer.TrySetResult(answer);
    }

    /// <summary>Ends the interaction with CleanUp, and lets the phone take it.</summary>
    public Task EndAsync(params Item[] items)
    {
        Answer(ServerAction.CleanUp, items);
        return time.UntilAsync(() => !incoming.IsEmpty, TimeSpan.Zero);
    }

    /// <summary>Ends the interaction and asks to be called when the phone is idle (WPI guide p.46).</summary>
    public Task EndWithSendSolicitedAsync() => EndAsync(new Item("send-solicited", "true"));

    /// <summary>Lets time go by in which the phone must not send anything.</summary>
    /// <exception cref="ConformanceException">It did.</exception>
    public async Task SilenceAsync(TimeSpan span, string why)
    {
        if (await time.UntilAsync(() => !incoming.IsEmpty, span) && incoming.TryPeek(out var unexpected))
            throw new ConformanceException($"no message for {span.TotalSeconds:0} s {why}", unexpected.Message.ToString());
    }

    /// <summary>True when a POST is there that the case has not taken yet.</summary>
    public bool HasNext => !incoming.IsEmpty;

    async ValueTask<ScriptedAnswer> IConversation.AnswerAsync(ScriptedRequest request, CancellationToken cancellation)
    {
        var message = new WireMessage(request.Method, request.Target, request.Headers, request.Body);
        var waiting = new Waiting(message, new TaskCompletionSource<ScriptedAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        incoming.Enqueue(waiting);
        Received++;
        time.Pulse();
        if (over)
            AnswerRest();
        return await waiting.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Gives the phone back to the server; POSTs that still wait are ended with CleanUp.</summary>
    public void Dispose()
    {
        over = true;
        AnswerRest();
        taken.Dispose();
    }

    private void AnswerRest()
    {
        if (current is { } left)
            End(left);
        current = null;
        while (incoming.TryDequeue(out var next))
            End(next);
    }

    private static void End(Waiting waiting) => waiting.Answer.TrySetResult(
        new ScriptedAnswer(200, DlsWriter.Write(DlsMessage.CleanUp(waiting.Message.Nonce))));

    private sealed record Waiting(WireMessage Message, TaskCompletionSource<ScriptedAnswer> Answer);
}
