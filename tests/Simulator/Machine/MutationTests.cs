using NUnit.Framework;
using OpenStage.Fixtures;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class MutationTests
{
    private const int Mutations = 100_000;
    private const ulong Seed = 20_261_121;

    private static readonly byte[][] Corpora =
    [
        .. MessageFiles.In("golden").Select(file => MessageFiles.Read("golden", file)).Where(IsOfService),
        .. MessageFiles.In("golden/tolerated").Select(file => MessageFiles.Read("golden/tolerated", file)).Where(IsOfService),
        .. MessageFiles.In("senseless").Select(file => MessageFiles.Read("senseless", file)),
        .. MessageFiles.In("malformed").Select(file => MessageFiles.Read("malformed", file)).Where(body => body.Length < 4096),
    ];

    /// <summary>Pieces that mean something to a reader of messages.</summary>
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "\"", "&", "&lt;", "&#0;", "]]>", "<![CDATA[", "<!--", "-->", "<?x", "?>", "<Item ", "</Item>", "<ItemList>", "</ItemList>",
            "<Action>", "</Action>", "WriteItems", "ReadItems", "ReadAllItems", "Restart", "CleanUp", "GetNextFragment", "FileDeployment", "SoftwareDeployment",
            " name=\"dhcp\"", " index=\"1\"", " index=\"99999\"", " nonce=\"\"", " xmlns=\"\"", "FactoryReset", "124816", "send-solicited", "overload", "true", "-1", "\0", "\u00FC", "\uFEFF",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    [Test]
    public void No_mutated_message_kills_or_hangs_a_phone()
    {
        Assert.That(Corpora, Has.Length.GreaterThan(200));
        var broken = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Parallel.For(0, Mutations, (number, loop) =>
        {
            var body = Mutate(number);
            // Half of them after start-up, which is the fastest to get into.
            var situation = Situation.All[Math.Max(0, (number % (2 * Situation.All.Count)) - Situation.All.Count)];
            try
            {
                Survivor.Takes(situation.Phone(), body);
            }
            catch (Exception fault)
            {
                broken.Enqueue($"seed {Seed}, mutation {number}, a phone {situation}: {fault.Message}\n{fault.StackTrace}\n{Convert.ToBase64String(body)}");
                loop.Stop();
            }
        });
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void The_same_seed_makes_the_same_mutations()
    {
        var first = Mutate(4711);
        Assert.That(Mutate(4711), Is.EqualTo(first));
        Assert.That(Mutate(4712), Is.Not.EqualTo(first));
    }

    private static byte[] Mutate(int number)
    {
        var dice = new Dice(Seed + (ulong)number);
        var body = Corpora[dice.Next(Corpora.Length)].ToList();
        for (var changes = 1 + dice.Next(6); changes > 0; changes--)
            Change(body, dice);
        return [.. body];
    }

    private static void Change(List<byte> body, Dice dice)
    {
        var at = dice.Next(body.Count + 1);
        var length = Math.Min(dice.Next(40), body.Count - at);
        switch (dice.Next(7))
        {
            case 0 when at < body.Count:
                body[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1:
                body.InsertRange(at, Pieces[dice.Next(Pieces.Length)]);
                break;
            case 2:
                body.RemoveRange(at, length);
                break;
            case 3:
                body.InsertRange(dice.Next(body.Count + 1), body.GetRange(at, length));
                break;
            case 4:
                var other = Corpora[dice.Next(Corpora.Length)];
                var from = dice.Next(other.Length + 1);
                body.InsertRange(at, other.AsSpan(from, Math.Min(dice.Next(200), other.Length - from)).ToArray());
                break;
            case 5 when dice.Next(4) == 0:
                body.RemoveRange(at, body.Count - at);
                break;
            default:
                body.Insert(at, (byte)dice.Next(256));
                break;
        }
    }

    private static bool IsOfService(byte[] body) => System.Text.Encoding.UTF8.GetString(body).Contains("Action>", StringComparison.Ordinal);

    /// <summary>SplitMix64, so that a number names a mutation on every machine.</summary>
    private sealed class Dice(ulong state)
    {
        private ulong state = state * 0x9E3779B97F4A7C15;

        public int Next(int below)
        {
            var mixed = state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return below == 0 ? 0 : (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }
}
