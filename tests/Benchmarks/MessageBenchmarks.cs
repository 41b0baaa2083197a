using BenchmarkDotNet.Attributes;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Benchmarks;

/// <summary>Reading and writing a reply with 400 items, against writing it as the baseline of one run.</summary>
[MemoryDiagnoser]
public class MessageBenchmarks
{
    private readonly WorkpointMessage message = new()
    {
        Nonce = "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        MaxItems = -1,
        Fragment = FragmentMark.Final,
        Reason = ContactReason.ReplyTo,
        Action = "ReadAllItems",
        Status = ReplyStatus.Accepted,
        Items = [.. Enumerable.Range(1, 400).Select(number => new Item($"item-{number}", $"value & {number}", number))],
    };

    private byte[] body = [];

    [GlobalSetup]
    public void Write400() => body = WorkpointWriter.Write(message);

    [Benchmark(Baseline = true)]
    public int Write() => WorkpointWriter.Write(message).Length;

    [Benchmark]
    public bool Read() => WorkpointReader.Read(body).Ok;
}
