using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>The built server as a process of its own, killed before, within and after each transaction of its store.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class KillTests
{
    /// <summary>Points that every message of the conversation passes, in the order it passes them.</summary>
    private static readonly string[] Points = ["row 1", "row 2", "before commit", "after commit"];

    [Test]
    public async Task A_write_in_two_parts_survives_SIGKILL_after_each_answer_and_is_done_once()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        using var phone = new TestPhone(server.PhoneUrl) { MaxItems = 1 };
        var job = await CreateJobAsync(server);
        var (written, sent) = await TalkAsync(phone, async (message, _) =>
        {
            var answer = await SendAsync(phone, message);
            // The answer is taken to be lost: the phone repeats its message to the server that comes up again.
            await server.KillAsync();
            await server.StartAsync();
            var again = await SendAsync(phone, message);
            Assert.That(DlsWriter.Write(again), Is.EqualTo(DlsWriter.Write(answer)), "the same answer again");
            return again;
        });
        await AssertDoneOnceAsync(server, job, written, sent);
    }

    /// <param name="first">The point at which the first message meets its end; each later message meets it at the next point.</param>
    [Test]
    public async Task A_write_in_two_parts_survives_SIGKILL_at_each_point_of_its_transactions_and_is_done_once([Range(0, 3)] int first)
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        using var phone = new TestPhone(server.PhoneUrl) { MaxItems = 1 };
        var job = await CreateJobAsync(server);
        var (written, sent) = await TalkAsync(phone, async (message, number) =>
        {
            server.KillAt(Points[(first + number) % Points.Length]);
            Assert.That(async () => await SendAsync(phone, message), Throws.InstanceOf<HttpRequestException>(), "no answer from a dead server");
            await server.RiseAsync();
            return await SendAsync(phone, message);
        });
        await AssertDoneOnceAsync(server, job, written, sent);
    }

    /// <summary>At bytes of the handshake, of the request and of the answer, as the seed has it.</summary>
    [Test]
    public async Task A_write_in_two_parts_survives_SIGKILL_at_any_byte_of_each_exchange_and_is_done_once([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        await using var server = new ServerProcess();
        await server.StartAsync();
        using var line = new CutLine(server.PhoneUrl);
        using var phone = new TestPhone(line.Url) { MaxItems = 1 };
        var job = await CreateJobAsync(server);
        var (written, sent) = await TalkAsync(phone, async (message, _) =>
        {
            line.CutAfter(random.Next(1, 4500), server.Kill);
            DlsMessage? answer = null;
            try
            {
                answer = await SendAsync(phone, message);
            }
            catch (HttpRequestException)
            {
                // The phone has no answer, or half of one: it sends the message again.
            }

            server.Kill();
            await server.RiseAsync();
            return answer ?? await SendAsync(phone, message);
        });
        await AssertDoneOnceAsync(server, job, written, sent);
    }

    [Test]
    public async Task A_port_in_use_is_named_and_ends_with_exit_code_2()
    {
        await using var server = new ServerProcess();
        using var taken = new TcpListener(IPAddress.Loopback, server.PhonePort);
        taken.Start();
        var (exitCode, error) = await server.RunAsync();
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain(server.PhonePort.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Leads a conversation from start-up to CleanUp.</summary>
    /// <param name="exchange">Takes a message and its number from 0, and gives the answer the phone gets in the end.</param>
    /// <returns>Items the phone was told to write in exchanges it completed, and the number of its messages.</returns>
    private static async Task<(List<string> Written, int Sent)> TalkAsync(TestPhone phone, Func<string, int, Task<DlsMessage>> exchange)
    {
        var written = new List<string>();
        var message = phone.Initiating("start-up", true);
        for (var sent = 0; ; sent++)
        {
            var answer = await exchange(message, sent);
            if (answer.Action == ServerAction.CleanUp)
                return (written, sent + 1);
            written.AddRange(answer.Action == ServerAction.WriteItems ? answer.Items!.Select(item => item.Name) : []);
            message = phone.Reply(Wording.Of(answer.Action), "accepted",
                answer.Action == ServerAction.ReadAllItems ? """<Item name="e164">42</Item>""" : "");
        }
    }

    private static async Task<DlsMessage> SendAsync(TestPhone phone, string body)
    {
        var bytes = await phone.PostAsync(Encoding.UTF8.GetBytes(body));
        return DlsReader.Read(bytes).Message!;
    }

    private static Task<long> CreateJobAsync(ServerProcess server) => server.CreateJobAsync(new
    {
        mac = PhoneTalk.Mac,
        kind = "WriteItems",
        items = new[] { new { name = "sntp-addr", value = "ntp.example.net" }, new { name = "dhcp", value = "true" } },
    });

    private static async Task AssertDoneOnceAsync(ServerProcess server, long job, List<string> written, int sent)
    {
        var done = await server.JobAsync(job);
        Assert.That(done["state"]!.GetValue<string>(), Is.EqualTo("Succeeded"));
        Assert.That(done["attempts"]!.GetValue<int>(), Is.Zero);
        Assert.That(done["results"]!.AsArray().Select(result => result!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "sntp-addr", "dhcp" }));
        Assert.That(done["history"]!.AsArray().Count(line => line!["text"]!.GetValue<string>().StartsWith("done", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(written, Is.EqualTo(new[] { "sntp-addr", "dhcp" }));
        Assert.That(sent, Is.EqualTo(4));
    }
}
