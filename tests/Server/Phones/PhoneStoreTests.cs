using NUnit.Framework;
using OpenStage.Server.Phones;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Phones;

/// <summary>What the store does for the phones resource, on SQLite and on PostgreSQL alike.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class PhoneStoreTests(bool postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private TemporaryFolder folder = null!;
    private Database database = null!;

    [SetUp]
    public void Open()
    {
        var connection = postgres ? PostgresServer.NewDatabase() : null;
        folder = new TemporaryFolder();
        database = Database.Open(folder.Path, connection);
    }

    [TearDown]
    public void Close()
    {
        // Where PostgreSQL is missing nothing was opened.
        database?.Dispose();
        folder?.Dispose();
    }

    [Test]
    public void Redirects_fall_due_in_the_order_of_their_times()
    {
        Save(Redirect("00:1A:E8:00:00:01", 3), Redirect("00:1A:E8:00:00:02", 1), Redirect("00:1A:E8:00:00:03", null));
        Assert.That(database.Read(session => session.NextRedirect()), Is.EqualTo(Now.AddMinutes(1)));
        Assert.That(Due(0), Is.Empty);
        Assert.That(Due(1), Is.EqualTo(new[] { "00:1A:E8:00:00:02" }));
        Assert.That(Due(9), Is.EqualTo(new[] { "00:1A:E8:00:00:02", "00:1A:E8:00:00:01" }));
        Save(Redirect("00:1A:E8:00:00:02", null));
        Assert.That(Due(9), Is.EqualTo(new[] { "00:1A:E8:00:00:01" }));
        Write(session => session.DeleteRedirect("00:1A:E8:00:00:01"));
        Assert.That(database.Read(session => session.NextRedirect()), Is.Null);
    }

    [Test]
    public void A_change_of_a_redirect_is_told()
    {
        var told = new List<string>();
        database.Changed += told.Add;
        Save(Redirect("00:1A:E8:00:00:01", 0));
        Assert.That(told, Is.EqualTo(new[] { "redirect:00:1A:E8:00:00:01" }));
    }

    [Test]
    public void A_template_of_a_name_is_added_once()
    {
        var first = new PhoneTemplate { Filename = "a.ph.json", Content = "one", IsCustom = true };
        Assert.That(database.Write(session => session.Add(first)), Is.True);
        Assert.That(database.Write(session => session.Add(first with { Content = "two" })), Is.False);
        Assert.That(database.Read(session => session.PhoneTemplate("a.ph.json")), Is.EqualTo(first));
        Write(session => session.Replace(first with { Content = "three" }));
        Assert.That(database.Write(session => session.HoldPhoneTemplate("a.ph.json"))!.Content, Is.EqualTo("three"));
        Write(session => session.DeletePhoneTemplate("a.ph.json"));
        Assert.That(database.Read(session => session.PhoneTemplates()), Is.Empty);
    }

    [Test]
    public void What_the_resource_keeps_is_sealed()
    {
        Write(session =>
        {
            session.Save(new PhoneUser { Id = "u", Name = "ann", ExtensionNumber = "1001", ExtensionPassword = "sip-s3cret" });
            session.Save(new UserPhone { Id = "p", UserId = "u", Mac = "00:1A:E8:00:00:01", Filename = "f", Vendor = "v", Model = "m", Password = "web-s3cret" });
        });
        if (!postgres)
        {
            database.Dispose();
            foreach (var file in Directory.GetFiles(folder.Path))
                Assert.That(File.ReadAllBytes(file).AsSpan().IndexOf("s3cret"u8), Is.EqualTo(-1), file);
            database = Database.Open(folder.Path);
        }

        Assert.That(database.Read(session => session.PhoneUser("u"))!.ExtensionPassword, Is.EqualTo("sip-s3cret"));
        Assert.That(database.Read(session => session.UserPhoneByMac("00:1A:E8:00:00:01"))!.Password, Is.EqualTo("web-s3cret"));
    }

    private static PhoneRedirect Redirect(string mac, int? minutes) => new()
    {
        Mac = mac,
        IsWanted = true,
        Url = "https://10.1.2.3/",
        Due = minutes is { } after ? Now.AddMinutes(after) : null,
        Revision = 1,
    };

    private void Save(params PhoneRedirect[] redirects) => Write(session =>
    {
        foreach (var redirect in redirects)
            session.Save(redirect);
    });

    private IReadOnlyList<string> Due(int minutes) => database.Read(session => session.MacsOfRedirectsDue(Now.AddMinutes(minutes)));

    private void Write(Action<StoreSession> work) => database.Write(session =>
    {
        work(session);
        return true;
    });
}
