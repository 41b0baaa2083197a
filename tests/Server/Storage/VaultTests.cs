using System.Text;
using NUnit.Framework;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What seals the store.</summary>
public sealed class VaultTests
{
    [Test]
    public void Many_threads_seal_and_open_at_once()
    {
        using var vault = new Vault(new byte[Vault.KeyBytes]);
        var wrong = 0;
        System.Threading.Tasks.Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var text = Encoding.UTF8.GetBytes($"record {number}");
            if (!vault.Open(vault.Seal(text, "table"), "table").AsSpan().SequenceEqual(text))
                Interlocked.Increment(ref wrong);
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void No_two_records_are_sealed_with_the_same_nonce()
    {
        using var vault = new Vault(new byte[Vault.KeyBytes]);
        var nonces = new string[20_000];
        System.Threading.Tasks.Parallel.For(0, nonces.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            number => nonces[number] = Convert.ToHexString(vault.Seal("text"u8, "table").AsSpan(0, 12)));
        Assert.That(nonces.Distinct().Count(), Is.EqualTo(nonces.Length));
    }

    [Test]
    public void What_was_sealed_for_one_table_opens_for_no_other()
    {
        using var vault = new Vault(new byte[Vault.KeyBytes]);
        var bytes = vault.Seal("text"u8, "files");
        Assert.That(() => vault.Open(bytes, "jobs"), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void A_tag_is_the_same_for_the_same_content_under_the_same_key_and_for_nothing_else()
    {
        using var vault = new Vault([.. Enumerable.Repeat((byte)7, Vault.KeyBytes)]);
        using var again = new Vault([.. Enumerable.Repeat((byte)7, Vault.KeyBytes)]);
        using var other = new Vault([.. Enumerable.Repeat((byte)8, Vault.KeyBytes)]);
        var rest = Enumerable.Range(0, 28_000).Select(number => (byte)number).ToArray();
        var tag = vault.Tag("head"u8, rest);
        Assert.That(tag, Has.Length.EqualTo(16));
        Assert.That(again.Tag("head"u8, rest), Is.EqualTo(tag));

        var last = rest.ToArray();
        last[^1] ^= 1;
        Assert.That(
            new[] { vault.Tag("haed"u8, rest), vault.Tag([], rest), vault.Tag("head"u8, last), vault.Tag("head"u8, rest.AsSpan(1)), other.Tag("head"u8, rest) },
            Has.None.EqualTo(tag).And.Unique);
    }

    [Test]
    public void After_its_end_nothing_is_sealed_with_a_key_of_zeros()
    {
        var vault = new Vault([.. Enumerable.Repeat((byte)7, Vault.KeyBytes)]);
        vault.Dispose();
        Assert.That(() => vault.Seal("text"u8, "files"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => vault.Tag([], "text"u8), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => vault.Derive("file-area"), Throws.TypeOf<ObjectDisposedException>());
    }
}
