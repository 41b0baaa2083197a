using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Interactions;
using OpenStage.Server.Storage;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// Reads messages of phones, and not what it knows: of a long one that was read lately without a deviation, and comes again
/// with no more than another nonce, the items are read only when they are asked for.
/// </summary>
internal sealed class MessageReading(Vault vault, int maxMessageBytes)
{
    /// <summary>Reading a shorter one takes no longer than to look whether it is known.</summary>
    private const int LeastBytes = 4096;

    /// <summary>Messages of one of two generations: of each phone one is known, as a rule.</summary>
    private const int MostOfGeneration = 16_000;

    private readonly ReaderOptions options = new() { Limits = new MessageLimits { MaxBytes = maxMessageBytes } };
    private readonly Lock gate = new();

    /// <summary>Number of items by hash. The older generation goes when the younger one is full.</summary>
    private Dictionary<string, int> younger = [];
    private Dictionary<string, int> older = [];

    /// <returns>The message, and its hash; that of what is no message is empty.</returns>
    public (ReadResult<WorkpointMessage> Read, string Hash) Read(ReadOnlyMemory<byte> body)
    {
        var isLong = body.Length >= LeastBytes;
        if (isLong && WorkpointReader.ReadHead(body) is { } head)
        {
            var hash = BodyHash.Of(vault, body.Span, head.Nonce);
            if (CountOf(hash) is { } count)
                return (new ReadResult<WorkpointMessage> { Message = head with { Items = new DeferredItems(body, count) } }, hash);
            var read = WorkpointReader.Read(body, options);
            if (read is { Message.Items: { } items, Observations.Count: 0 } && read.Message.Nonce == head.Nonce)
                Know(hash, items.Count);
            return (read, read.Ok ? hash : "");
        }

        var result = WorkpointReader.Read(body, options);
        return (result, result.Message is { } message ? BodyHash.Of(vault, body.Span, message.Nonce) : "");
    }

    private int? CountOf(string hash)
    {
        lock (gate)
        {
            if (younger.TryGetValue(hash, out var count))
                return count;
            if (!older.TryGetValue(hash, out count))
                return null;
            Put(hash, count);
            return count;
        }
    }

    private void Know(string hash, int count)
    {
        lock (gate)
            Put(hash, count);
    }

    private void Put(string hash, int count)
    {
        if (younger.Count >= MostOfGeneration)
            (older, younger) = (younger, []);
        younger[hash] = count;
    }
}
