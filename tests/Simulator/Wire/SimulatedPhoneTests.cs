using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Wire;

[TestFixture]
public sealed class SimulatedPhoneTests
{
    private readonly ManualClock clock = new();
    private SimulatedPhone phone = null!;

    [SetUp]
    public async Task BootAsync()
    {
        phone = await SimulatedPhone.StartAsync(Options(), clock, null, null);
        await phone.WhenIdleAsync(CancellationToken.None);
        clock.Advance(Phone.BootTime);
        await phone.WhenIdleAsync(CancellationToken.None);
    }

    [TearDown]
    public async Task EndAsync() => await phone.DisposeAsync();

    [TestCase("POST /contact_dls.html/ContactDLS HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\nContactMe=true", "HTTP/1.1 204 No Content\r\nServer: DlsClient\r\nContent-Length: 0\r\nContent-type: text/html\r\n\r\n")]
    [TestCase("GET /contact_dls.html/ContactDLS HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 204 No Content\r\nServer: DlsClient\r\nContent-Length: 0\r\nContent-type: text/html\r\n\r\n")]
    [TestCase("GET /contact_dls.html/ContactDLS?ContactMe=true HTTP/1.1\r\n\r\n", "HTTP/1.1 204 No Content\r\n")]
    [TestCase("GET /other HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n")]
    [TestCase("DELETE /contact_dls.html/ContactDLS HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n")]
    [TestCase("POST /contact_dls.html/ContactDLS HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", "HTTP/1.1 413 Content Too Large\r\n")]
    [TestCase("POST /contact_dls.html/ContactDLS HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 413 Content Too Large\r\n")]
    [TestCase("POST /contact_dls.html/ContactDLS HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b", "HTTP/1.1 400 Bad Request\r\n")]
    [TestCase("\0\u0001\u0002 nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    public async Task A_contact_me_is_answered_byte_by_byte(string request, string expected)
    {
        Assert.That(await AskAsync(Encoding.Latin1.GetBytes(request)), Does.StartWith(expected));
        Assert.That(await AskAsync("GET /contact_dls.html/ContactDLS HTTP/1.1\r\n\r\n"u8.ToArray()), Does.StartWith("HTTP/1.1 204"));
    }

    [Test]
    public async Task An_endless_header_is_cut_off() =>
        Assert.That(await AskAsync(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nX: " + new string('x', 12_000))), Does.StartWith("HTTP/1.1 431"));

    [Test]
    public void A_second_phone_on_the_same_address_names_the_port() => Assert.That(
        async () => await SimulatedPhone.StartAsync(Options() with { Address = phone.ContactMeUri.Host, ContactMePort = phone.ContactMeUri.Port }, clock, null, null),
        Throws.TypeOf<IOException>().With.Message.Contains($"contact-me port {phone.ContactMeUri.Port} of {phone.ContactMeUri.Host} cannot be used"));

    [TestCase("OpenStage 41", "00:1A:E8:00:00:01", "https://127.0.0.1", "model 'OpenStage 41' is not allowed; allowed is OpenStage 15")]
    [TestCase("OpenStage 40", "1", "https://127.0.0.1", "mac '1' is not allowed")]
    [TestCase("OpenStage 40", "00:1A:E8:00:00:01", "http://127.0.0.1", "server 'http://127.0.0.1/' is not allowed")]
    public void Bad_options_are_refused_with_key_value_and_what_is_allowed(string model, string mac, string server, string expected) => Assert.That(
        async () => await SimulatedPhone.StartAsync(Options() with { Model = model, Mac = mac, Server = new Uri(server) }, clock, null, null),
        Throws.ArgumentException.With.Message.Contains(expected));

    [Test]
    public async Task A_phone_without_a_service_lives_on_and_says_what_it_is_doing()
    {
        var state = await phone.GetStateAsync();
        Assert.That((state.On, state.Booting, state.InCall), Is.EqualTo((true, false, false)));
    }

    private static PhoneOptions Options() => new()
    {
        // Nobody listens on port 1: what the phone sends is refused at once.
        Server = new Uri("https://127.0.0.1:1"),
        Model = "OpenStage 40",
        Mac = "00:1A:E8:00:00:01",
        Address = "127.0.0.1",
        ContactMePort = 0,
    };

    private async Task<string> AskAsync(byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(phone.ContactMeUri.Host), phone.ContactMeUri.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        var answer = new byte[4096];
        var length = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false);
        return Encoding.Latin1.GetString(answer, 0, length);
    }
}
