using System.Text.Json;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>Appends each exchange, masked, as a line of JSON.</summary>
/// <remarks>
/// Opened anew for each line, so that the file may be moved away, emptied or deleted at any time. A half line, left by
/// a full disk or by a power cut, is ended before the next one begins: it never spoils more than itself.
/// </remarks>
internal sealed class TranscriptFile : IExchangeLog
{
    private const byte LineEnd = (byte)'\n';

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly string file;

    /// <exception cref="ArgumentException">The folder or the file cannot be written.</exception>
    public TranscriptFile(string folder)
    {
        this.folder = folder;
        file = Path.Combine(folder, "exchanges.jsonl");
        try
        {
            Append([]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"TranscriptFolder '{folder}': allowed is a folder that can be written ({refused.Message})", nameof(folder), refused);
        }
    }

    public void Add(HttpExchange exchange)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(TranscriptEntry.Of(exchange), JsonSerializerOptions.Web), LineEnd];
        lock (gate)
        {
            try
            {
                Append(line);
            }
            catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
            {
                // A full disk must not stop the provisioning of phones.
            }
        }
    }

    private void Append(ReadOnlySpan<byte> line)
    {
        Directory.CreateDirectory(folder);
        // Without a buffer: a line goes out in one piece.
        using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != LineEnd)
                stream.WriteByte(LineEnd);
        }

        if (line.Length > 0)
            stream.Write(line);
    }
}
