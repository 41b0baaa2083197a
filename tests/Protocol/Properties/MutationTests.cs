using System.Diagnostics;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>Golden messages with random damage are read or refused, never with an exception and never for long.</summary>
[TestFixture]
internal sealed class MutationTests
{
    private const int MutationsPerSeed = 2_000;

    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(2);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void A_damaged_message_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var number = 0; number < MutationsPerSeed; number++)
        {
            var body = Damage.Mutate(random);
            var clock = Stopwatch.StartNew();
            var phone = WorkpointReader.Read(body);
            var service = DlsReader.Read(body, new ReaderOptions { Strict = number % 2 == 0 });
            Assert.That(clock.Elapsed, Is.LessThan(Plenty), $"mutation {number}");

            Check(phone, number);
            Check(service, number);
            read += phone.Ok || service.Ok ? 1 : 0;
            if (phone.Message is { } message)
                CheckWriting(message, number);
        }

        Assert.That(read, Is.InRange(MutationsPerSeed / 20, MutationsPerSeed), "some damage must be survivable");
    }

    private static void Check<T>(ReadResult<T> result, int number) where T : class
    {
        Assert.That(result.Ok, Is.EqualTo(result.Error is null), $"mutation {number}");
        if (result.Error is { } error)
        {
            Assert.That(error.Expected, Is.Not.Empty, $"mutation {number}");
            Assert.That(error.Actual, Is.Not.Empty.And.Length.LessThan(300), $"mutation {number}");
        }

        foreach (var observation in result.Observations)
        {
            Assert.That(observation.Actual, Is.Not.Empty.And.Length.LessThan(300), $"mutation {number}");
            Assert.That(XmlText.IsValid(observation.Actual), Is.True, $"mutation {number}");
        }
    }

    /// <summary>What was read, however odd, can be written, and reads as the same items.</summary>
    private static void CheckWriting(WorkpointMessage message, int number)
    {
        var again = WorkpointReader.Read(WorkpointWriter.Write(message));

        Assert.That(again.Error, Is.Null, $"mutation {number}");
        Assert.That(again.Message!.Items, Is.EqualTo(message.Items), $"mutation {number}");
    }
}
