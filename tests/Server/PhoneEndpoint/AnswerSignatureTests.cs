using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Simulator;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>The enveloping signature of the maker's service (field), checked by the XML signature of the platform.</summary>
public sealed class AnswerSignatureTests
{
    private X509Certificate2 certificate = null!;
    private AnswerSignature signature = null!;

    [OneTimeSetUp]
    public void Start()
    {
        certificate = X509CertificateLoader.LoadPkcs12(RunningServer.Certificate.Value, null);
        signature = AnswerSignature.With(certificate);
    }

    [OneTimeTearDown]
    public void End()
    {
        signature.Dispose();
        certificate.Dispose();
    }

    private static readonly DlsMessage[] Messages =
    [
        DlsMessage.CleanUp("AB01"),
        new() { Nonce = "AB02", Action = ServerAction.ReadAllItems },
        new() { Nonce = "AB03", Action = ServerAction.WriteItems, Items = [] },
        new()
        {
            Nonce = "AB04",
            Action = ServerAction.WriteItems,
            Items = [new Item("a", "<&>\"'"), new Item("b", " two\nlines\nand\ttabs "), new Item("c", "ÄÖÜ €, 中文, 😀", 3), new Item("d", "")],
        },
    ];

    [TestCaseSource(nameof(Messages))]
    public void A_signed_message_checks_with_the_key_of_the_certificate(DlsMessage message) =>
        Assert.That(Check(signature.Sign(DlsWriter.Write(message)), certificate), Is.True);

    [TestCaseSource(nameof(Messages))]
    public void Phones_read_the_same_message_out_of_it(DlsMessage message)
    {
        var bare = DlsWriter.Write(message);
        var (expected, read) = (DlsReader.Read(bare), DlsReader.Read(signature.Sign(bare)));
        Assert.That(DlsWriter.Write(read.Message!), Is.EqualTo(DlsWriter.Write(expected.Message!)));
        Assert.That(read.Observations.Select(seen => seen.Code), Is.EquivalentTo(expected.Observations.Select(seen => seen.Code).Append("signature-envelope")));
    }

    [TestCaseSource(nameof(Messages))]
    public void The_bytes_of_the_message_stay_as_they_are_and_the_wrapper_has_one_size(DlsMessage message)
    {
        var bare = Encoding.UTF8.GetString(DlsWriter.Write(message));
        var signed = Encoding.UTF8.GetString(signature.Sign(DlsWriter.Write(message)));
        Assert.That(signed, Does.Contain($"<Object Id=\"DLSMessage\">{bare[bare.IndexOf("<DLSMessage", StringComparison.Ordinal)..]}</Object>"));
        Assert.That(Encoding.UTF8.GetByteCount(signed), Is.EqualTo(Encoding.UTF8.GetByteCount(bare) + signature.WrapperBytes));
    }

    [Test]
    public void It_is_of_the_form_that_the_makers_service_sends()
    {
        var text = Encoding.UTF8.GetString(signature.Sign(DlsWriter.Write(DlsMessage.CleanUp("AB01"))));
        Assert.That(text, Does.StartWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>"
            + "<CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></CanonicalizationMethod>"
            + "<SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"></SignatureMethod><Reference URI=\"#DLSMessage\">"
            + "<DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"></DigestMethod><DigestValue>"));
        Assert.That(text, Does.Match("</DigestValue></Reference></SignedInfo><SignatureValue>[A-Za-z0-9+/]{342}==</SignatureValue><Object Id=\"DLSMessage\"><DLSMessage "));
        Assert.That(text, Does.EndWith("</DLSMessage>\n</Object></Signature>\n"));
    }

    /// <summary>The platform's own check reads a carriage return as a line feed, so here the canonical form is written by hand.</summary>
    [Test]
    public void A_carriage_return_is_digested_as_canonical_XML_has_it()
    {
        var message = new DlsMessage { Nonce = "AB05", Action = ServerAction.WriteItems, Items = [new Item("b", "1\r\n2")] };
        const string canonical = """
            <Object xmlns="http://www.w3.org/2000/09/xmldsig#" Id="DLSMessage"><DLSMessage xmlns="http://www.siemens.com/DLS" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.siemens.com/DLS">
            <Message nonce="AB05">
            <Action>WriteItems</Action>
            <ItemList>
            <Item name="b">1&#xD;
            2</Item>
            </ItemList>
            </Message>
            </DLSMessage>
            </Object>
            """;
#pragma warning disable CA5350 // The maker's service digests with SHA-1 (field).
        var digest = Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(canonical.ReplaceLineEndings("\n"))));
#pragma warning restore CA5350
        Assert.That(Encoding.UTF8.GetString(signature.Sign(DlsWriter.Write(message))), Does.Contain($"<DigestValue>{digest}</DigestValue>"));
    }

    [Test]
    public void A_changed_message_does_not_check()
    {
        var signed = Encoding.UTF8.GetString(signature.Sign(DlsWriter.Write(Messages[3])));
        Assert.That(Check(Encoding.UTF8.GetBytes(signed.Replace("two", "too", StringComparison.Ordinal)), certificate), Is.False);
        using var other = ServerCertificate.Make(IPAddress.Loopback, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.That(Check(Encoding.UTF8.GetBytes(signed), other), Is.False);
    }

    [Test]
    public void A_certificate_without_an_RSA_key_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.That(() => AnswerSignature.With(made), Throws.TypeOf<InvalidDataException>().With.Message.Contains("SignAnswers").And.Message.Contains("RSA"));
    }

    [Test]
    public async Task Every_answer_of_the_server_is_signed()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { SignAnswers = true });
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        string[] bodies = [phone.Initiating("start-up", true), phone.Reply("ReadAllItems"), phone.Initiating("status", false), "no message at all"];
        foreach (var body in bodies)
        {
            var answer = await phone.PostAsync(Encoding.UTF8.GetBytes(body));
            Assert.That(Check(answer, certificate), Is.True);
            Assert.That(phone.Last.Content.Headers.ContentLength, Is.EqualTo(answer.Length));
        }
    }

    [Test]
    public async Task An_emulated_phone_takes_signed_answers()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { SignAnswers = true });
        await using var phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = lab.Server.PhoneUrl, Model = "OpenStage 40", Mac = PhoneTalk.Mac, Address = "127.0.0.1", ContactMePort = 0 },
            lab.Clock, null, null);
        for (var second = 0; second < 300 && lab.Server.Devices.Get(PhoneTalk.Mac)?.ItemsRead is null; second += 5)
            await PassAsync(lab, phone);
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.WriteItems, Items = [new Item("e164", "4989777")] });
        for (var second = 0; second < 600 && !lab.Server.Jobs.Get(job.Id)!.State.IsFinal(); second += 5)
            await PassAsync(lab, phone);
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That((await phone.GetItemsAsync()).Single(item => item.Name == "e164").Value, Is.EqualTo("4989777"));
    }

    [Test]
    public async Task A_message_with_its_wrapper_stays_within_the_limit_and_nothing_is_lost()
    {
        const int limit = 8192;
        await using var lab = await RunningServer.StartAsync(options => options with { SignAnswers = true, MaxMessageBytes = limit });
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
        var items = Enumerable.Range(1, 300).Select(number => new Item("canonical-dial-settings", new string('x', 60), number)).ToList();
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.WriteItems, Items = items });
        var bytes = await phone.PostAsync(Encoding.UTF8.GetBytes(phone.Initiating("solicited", false)));
        var largest = 0;
        for (var message = DlsReader.Read(bytes).Message!; message.Action == ServerAction.WriteItems; message = DlsReader.Read(bytes).Message!)
        {
            Assert.That(bytes, Has.Length.LessThanOrEqualTo(limit));
            largest = Math.Max(largest, bytes.Length);
            bytes = await phone.PostAsync(Encoding.UTF8.GetBytes(phone.Reply("WriteItems")));
        }

        Assert.That(largest, Is.GreaterThan(limit - 500), "messages are filled");
        Assert.That(lab.Server.Jobs.Get(job.Id), Has.Property("State").EqualTo(JobState.Succeeded).And.Property("Results").Count.EqualTo(300));
    }

    [Test]
    public async Task Passwords_in_signed_answers_are_masked_in_transcripts()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { SignAnswers = true });
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.WriteItems, Items = [new Item("user-pwd", "hunter2")] });
        Assert.That((await phone.SolicitedAsync()).Items!.Single().Value, Is.EqualTo("hunter2"));
        var transcript = await lab.Api.GetStringAsync(new Uri("/api/transcripts", UriKind.Relative));
        Assert.That(transcript, Does.Contain("SignatureValue").And.Not.Contain("hunter2"));
    }

    private static async Task PassAsync(RunningServer lab, SimulatedPhone phone)
    {
        await lab.PassAsync(TimeSpan.FromSeconds(5));
        await phone.WhenIdleAsync(RunningServer.Patience());
    }

    private static bool Check(byte[] answer, X509Certificate2 certificate)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using (var reader = XmlReader.Create(new MemoryStream(answer), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }))
            document.Load(reader);
        var signed = new SignedXml(document);
        signed.LoadXml(document.DocumentElement!);
        return signed.CheckSignature(certificate, verifySignatureOnly: true);
    }
}
