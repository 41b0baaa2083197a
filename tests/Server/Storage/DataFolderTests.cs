using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>The folder of database and certificate: who may read it, and what happens when it cannot be used.</summary>
public sealed class DataFolderTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private TemporaryFolder parent = null!;

    private string Folder => Path.Combine(parent.Path, "data");

    private string CertificateFile => Path.Combine(Folder, "server.pfx");

    [SetUp]
    public void Prepare() => parent = new TemporaryFolder();

    [TearDown]
    public void End() => parent.Dispose();

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void Folder_database_and_certificate_are_for_their_owner_only()
    {
        using var database = Database.Open(Folder);
        LoadOrCreate().Dispose();
        Assert.That(File.GetUnixFileMode(Folder), Is.EqualTo(Owner | UnixFileMode.UserExecute));
        Assert.That(Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)), Does.Contain("server.db").And.Contain("server.pfx"));
        // Those that SQLite keeps beside the database hold the same passwords.
        foreach (var file in Directory.GetFiles(Folder))
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(Owner), file);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void Files_that_others_could_read_are_taken_from_them()
    {
        Database.Open(Folder).Dispose();
        LoadOrCreate().Dispose();
        foreach (var file in Directory.GetFiles(Folder))
            File.SetUnixFileMode(file, Owner | UnixFileMode.OtherRead);
        using var database = Database.Open(Folder);
        LoadOrCreate().Dispose();
        foreach (var file in Directory.GetFiles(Folder))
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(Owner), file);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_of_the_user_keeps_its_rights()
    {
        Directory.CreateDirectory(Folder);
        var mode = Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(Folder, mode);
        Database.Open(Folder).Dispose();
        Assert.That(File.GetUnixFileMode(Folder), Is.EqualTo(mode));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_refused_by_name()
    {
        File.WriteAllText(Folder, "a file stands where the folder should");
        Assert.That(() => Database.Open(Folder), Throws.ArgumentException
            .With.Message.StartsWith($"DataFolder '{Folder}': allowed is a folder that can be written"));
        Assert.That(() => Database.Open(Path.Combine(Folder, "below")), Throws.ArgumentException.With.Message.Contains("DataFolder"));
    }

    /// <param name="folder">Where nobody can write, whatever the user may; the first is there, the second is not.</param>
    [TestCase("/proc/self")]
    [TestCase("/proc/self/data")]
    [Platform("Linux")]
    public void A_folder_of_the_system_is_refused_by_name(string folder)
    {
        Assert.That(() => Database.Open(folder), Throws.ArgumentException.With.Message.StartsWith($"DataFolder '{folder}': allowed is a folder that can be written"));
        Assert.That(() => ServerCertificate.LoadOrCreate(folder, IPAddress.Loopback, Now), Throws.ArgumentException.With.Message.StartsWith($"DataFolder '{folder}'"));
    }

    [Test]
    public void A_certificate_is_made_once_and_kept()
    {
        using var made = LoadOrCreate();
        using var kept = LoadOrCreate();
        Assert.That(kept.Thumbprint, Is.EqualTo(made.Thumbprint));
        Assert.That(kept.HasPrivateKey, Is.True);
    }

    [TestCase("")]
    [TestCase("no certificate")]
    public void A_certificate_that_is_broken_is_refused_and_not_replaced(string content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(CertificateFile, content);
        AssertRefused("holds no certificate with a key");
        Assert.That(File.ReadAllText(CertificateFile), Is.EqualTo(content));
    }

    [Test]
    public void A_certificate_cut_short_is_refused_and_not_replaced()
    {
        LoadOrCreate().Dispose();
        var half = File.ReadAllBytes(CertificateFile)[..500];
        File.WriteAllBytes(CertificateFile, half);
        AssertRefused("holds no certificate with a key");
        Assert.That(File.ReadAllBytes(CertificateFile), Is.EqualTo(half));
    }

    [Test]
    public void A_certificate_with_a_password_or_without_a_key_is_refused_and_not_replaced()
    {
        Directory.CreateDirectory(Folder);
        using var certificate = ServerCertificate.Make(IPAddress.Loopback, Now);
        using var bare = X509CertificateLoader.LoadCertificate(certificate.RawData);
        foreach (var content in new[] { certificate.Export(X509ContentType.Pfx, "secret"), bare.Export(X509ContentType.Pfx)! })
        {
            File.WriteAllBytes(CertificateFile, content);
            AssertRefused("holds no certificate with a key");
            Assert.That(File.ReadAllBytes(CertificateFile), Is.EqualTo(content));
        }
    }

    [Test]
    public void A_certificate_that_has_expired_is_refused_with_its_last_day_and_not_replaced()
    {
        Directory.CreateDirectory(Folder);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=old", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var old = request.CreateSelfSigned(Now.AddYears(-1), Now.AddDays(-3));
        var content = old.Export(X509ContentType.Pfx);
        File.WriteAllBytes(CertificateFile, content);
        AssertRefused("expired on 2026-01-02");
        Assert.That(File.ReadAllBytes(CertificateFile), Is.EqualTo(content));
    }

    [Test]
    public void A_certificate_that_cannot_be_read_is_refused_and_not_replaced()
    {
        Directory.CreateDirectory(CertificateFile);
        AssertRefused("cannot be read");
        Assert.That(Directory.Exists(CertificateFile), Is.True);
    }

    private void AssertRefused(string why) => Assert.That(LoadOrCreate, Throws.TypeOf<InvalidDataException>()
        .With.Message.StartsWith(CertificateFile).And.Message.Contains(why));

    private X509Certificate2 LoadOrCreate() => ServerCertificate.LoadOrCreate(Folder, IPAddress.Loopback, Now);
}
