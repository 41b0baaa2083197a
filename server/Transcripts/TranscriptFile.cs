using System.Text.Json;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>Appends each exchange, masked, as a line of JSON.</summary>
internal sealed class TranscriptFile : IExchangeLog, IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer;

    public TranscriptFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, "exchanges.jsonl"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        writer = new StreamWriter(file) { AutoFlush = true };
    }

    public void Add(HttpExchange exchange)
    {
        var line = JsonSerializer.Serialize(TranscriptEntry.Of(exchange), JsonSerializerOptions.Web);
        lock (gate)
        {
            try
            {
                writer.WriteLine(line);
            }
            catch (Exception lost) when (lost is IOException or ObjectDisposedException)
            {
                // A full disk must not stop the provisioning of phones.
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
            writer.Dispose();
    }
}
