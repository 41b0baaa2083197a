using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Conversations;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Observations;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>Finds the answer to a phone's POST: by a script that holds the phone, or by the server's own interactions.</summary>
internal sealed partial class PhoneDialogue(
    InteractionEngine engine, ConversationScripts scripts, ObservationBook book, MessageReading reading, Action<string> changed, ILogger logger,
    AnswerSignature? signature = null)
{
    /// <param name="thinking">Runs while a script thinks about its answer; disposed when it has it.</param>
    /// <param name="leaving">Makes what ends a script's thinking when the phone hangs up or the server stops.</param>
    public async Task<PhoneAnswer> AnswerAsync(PhoneRequest request, Func<IDisposable> thinking, Func<CancellationTokenSource> leaving)
    {
        var (read, hash) = reading.Read(request.Body);
        if (read.Message is { } known && Led(known, request.Cookies) is { } led && engine.Refuses(led, known, request.Caller))
            return WrongPort(led);
        var (session, isNew) = Script(read.Message, request.Cookies);
        if (session is not null)
        {
            foreach (var observation in read.Observations)
                book.Add(session.Mac, observation);
            return await ScriptedAsync(session, isNew, request, read.Message, thinking, leaving);
        }

        if (!read.Ok)
            return Malformed(request, read.Error);

        var answer = await engine.HandleAsync(read.Message, hash, request.Cookies, request.Caller);
        foreach (var observation in read.Observations)
            book.Add(answer.Mac, observation);
        if (answer.Refused)
            return WrongPort(answer.Mac);
        if (answer.IsOverload)
            LogOverload(logger, answer.Mac, Wording.Of(read.Message.Reason));
        LogAnswered(logger, answer.Mac, Wording.Of(read.Message.Reason), Wording.Of(answer.Message.Action));
        return PhoneAnswer.Of(answer.Message, signature, answer.Mac, answer.Cookie, answer.SetCookie) with
        {
            Reason = Wording.Of(read.Message.Reason),
            Action = Wording.Of(answer.Message.Action),
        };
    }

    /// <summary>A message on a port where its phone must not call: it is not taken, and the phone may not go on with this connection.</summary>
    private static PhoneAnswer WrongPort(string mac) =>
        PhoneAnswer.Text(403, "This phone does not call on this port.\n") with { Mac = mac, Close = true };

    /// <summary>The phone, when a script leads it; else null.</summary>
    private string? Led(WorkpointMessage message, IReadOnlyList<string> cookies) =>
        message.IsInitiating && MacAddress.TryNormalise(message.Value("mac-addr"), out var mac)
            ? scripts.Holds(mac) ? mac : null
            : scripts.Find(cookies)?.Mac;

    private (ConversationScripts.Session? Session, bool IsNew) Script(WorkpointMessage? message, IReadOnlyList<string> cookies)
    {
        if (message is not { IsInitiating: true } || (message.Reason == ContactReason.CleanUp && scripts.Find(cookies) is not null))
            return (scripts.Find(cookies), false);
        return MacAddress.TryNormalise(message.Value("mac-addr"), out var mac)
            ? (scripts.Open(mac, engine.NewCookie(mac)), true)
            : (scripts.Find(cookies), false);
    }

    private async Task<PhoneAnswer> ScriptedAsync(
        ConversationScripts.Session session, bool isNew, PhoneRequest request, WorkpointMessage? message,
        Func<IDisposable> thinking, Func<CancellationTokenSource> leaving)
    {
        if (isNew && message is not null)
        {
            engine.Meet(session.Mac, message, request.Peer.Address);
            changed(session.Mac);
        }

        ScriptedAnswer answer;
        using (var left = leaving())
        using (thinking())
        {
            answer = await session.Conversation.AnswerAsync(
                new ScriptedRequest(request.Method, request.Target, request.Headers, request.Body, message, session.Cookie, isNew), left.Token);
        }

        return new PhoneAnswer(answer.Status, answer.Body, session.Mac, session.Cookie)
        {
            ContentType = answer.ContentType,
            Chunked = answer.Chunked,
            SetCookie = answer.SetCookie && isNew,
            Abort = answer.Abort,
        };
    }

    private PhoneAnswer Malformed(PhoneRequest request, MessageError error)
    {
        var observation = new Observation("malformed-message", error.Expected, $"{error.Actual} ({error.Code})", 13)
        {
            Line = error.Line,
            Column = error.Column,
        };
        var (mac, cookie) = engine.Malformed(request.Cookies, observation, request.Caller);
        LogMalformed(logger, request.Peer.Client, mac, error.ToString());
        return PhoneAnswer.Of(DlsMessage.CleanUp(FindNonce(request.Body)), signature, mac, cookie);
    }

    /// <summary>The nonce of a body that is no message, if there is one near its start; else empty.</summary>
    private static string FindNonce(ReadOnlyMemory<byte> body)
    {
        var start = Encoding.Latin1.GetString(body.Span[..Math.Min(body.Length, 4096)]);
        return Nonce().Match(start) is { Success: true } found ? found.Groups[1].Value : "";
    }

    [GeneratedRegex("""\bnonce\s*=\s*["']([0-9A-Za-z_-]{1,128})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Nonce();

    [LoggerMessage(1001, LogLevel.Debug, "{Mac}: {Reason} answered {Action}")]
    private static partial void LogAnswered(ILogger logger, string mac, string reason, string action);

    [LoggerMessage(1004, LogLevel.Warning, "{Mac}: {Reason} answered overload: as many interactions are open as MaxInteractions allows")]
    private static partial void LogOverload(ILogger logger, string mac, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "{Client} {Mac}: malformed message: {Error}")]
    private static partial void LogMalformed(ILogger logger, string client, string mac, string error);
}
