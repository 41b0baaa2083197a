using NUnit.Framework;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Storm;

namespace OpenStage.Performance.Tests;

public sealed class StormResultTests
{
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(file);

    [Test]
    public void The_time_that_phones_take_to_boot_is_not_in_it()
    {
        Write(done: 100, errors: "");

        var result = StormResult.Read(file, 100);

        var begun = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        Assert.That(result, Is.EqualTo(new StormResult(
            new Wave(begun.AddSeconds(20), TimeSpan.FromSeconds(10.5)), new Wave(begun.AddSeconds(60), TimeSpan.FromSeconds(4.5)), TimeSpan.FromSeconds(3.25))));
    }

    [Test]
    public void A_phone_that_was_not_served_is_no_storm()
    {
        Write(done: 99, errors: "");

        Assert.That(() => StormResult.Read(file, 100), Throws.TypeOf<LoadException>().With.Message.EqualTo("back to steady state after start-up: only 99 of 100 phones were served."));
    }

    [Test]
    public void An_error_on_the_way_is_no_storm()
    {
        Write(done: 100, errors: """{ "kind": "timeout", "count": 2 }""");

        Assert.That(() => StormResult.Read(file, 100),
            Throws.TypeOf<LoadException>().With.Message.EqualTo("All phones were served, but not without errors: timeout 2 times."));
    }

    [Test]
    public void A_file_that_is_no_result_is_named()
    {
        File.WriteAllText(file, "{");

        Assert.That(() => StormResult.Read(file, 100), Throws.TypeOf<LoadException>().With.Message.StartsWith(file));
    }

    private void Write(int done, string errors)
    {
        const string Latency = """{ "count": 0, "p50": 0, "p95": 0, "p99": 0, "longest": 0, "buckets": [] }""";
        File.WriteAllText(file, $$"""
            {
              "schemaVersion": 1, "version": "0.1.0", "title": "", "server": "https://127.0.0.1:18443", "seed": 1, "count": 100, "phones": 100,
              "shards": ["1/1"], "arrival": { "kind": "blackout" }, "models": [], "quirks": [],
              "answers": [
                { "question": "up-at-first", "asked": true, "begun": "2026-03-14T09:26:53Z", "seconds": 30.5, "phones": 100, "done": 100 },
                { "question": "steady-after-boot", "asked": true, "begun": "2026-03-14T09:27:33Z", "seconds": 24.5, "phones": 100, "done": {{done}} }
              ],
              "totals": { "interactions": 100, "messages": 200, "bytesSent": 1, "bytesReceived": 1 },
              "connect": {{Latency}}, "handshake": {{Latency}}, "answer": {{Latency}}, "errors": [{{errors}}],
              "machines": [ { "processor": "", "processors": 2, "memoryMegabytes": 1, "system": "", "runtime": "", "processorSeconds": 3.25, "residentMegabytes": 1 } ]
            }
            """);
    }
}
