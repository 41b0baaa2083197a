using System.Text;
using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>The form in which the items of a phone are stored.</summary>
public sealed class StoredItemsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, 123, TimeSpan.Zero);

    [Test]
    public void What_is_written_is_read_back()
    {
        var known = new KnownItems(
            [
                new DeviceItem("e164", null, "4711", "", Now),
                new DeviceItem("key-label-unicode", 0, "Büro 📞", "", Now),
                new DeviceItem("key-label-unicode", int.MaxValue, new string('x', 40_000), "read only", DateTimeOffset.UnixEpoch),
                new DeviceItem("made-up", -1, "", "unknown item", Now),
            ],
            AreAll: true);

        var read = new StoredItems(StoredItems.Write(known)).Read();

        Assert.That(read.Items, Is.EqualTo(known.Items));
        Assert.That(read.AreAll, Is.True);
    }

    [Test]
    public void Items_of_before_this_form_are_read()
    {
        var read = new StoredItems("""{"Items":[{"Name":"e164","Value":"1","Status":"","At":"2026-01-05T08:00:00.123+00:00"}],"AreAll":true}"""u8.ToArray()).Read();

        Assert.That(read.Items, Is.EqualTo(new[] { new DeviceItem("e164", null, "1", "", Now) }));
        Assert.That(read.AreAll, Is.True);
    }

    [Test]
    public void Bytes_that_are_cut_short_or_of_another_form_are_refused()
    {
        var whole = StoredItems.Write(new KnownItems([new DeviceItem("e164", 3, "4711", "failed", Now)], AreAll: false));

        for (var length = 0; length < whole.Length; length++)
            Assert.That(() => new StoredItems(whole[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
        Assert.That(() => new StoredItems([2, .. whole.AsSpan(1)]), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => new StoredItems(Encoding.UTF8.GetBytes("\u0001\u0000\u007Fe164")), Throws.TypeOf<InvalidDataException>());
    }
}
