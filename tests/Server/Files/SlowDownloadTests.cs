using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Tests.Files;

/// <summary>Phones that do not take what they asked for.</summary>
public sealed class SlowDownloadTests
{
    /// <summary>More than the buffers of both ends hold.</summary>
    private const int Size = 24 * 1024 * 1024;

    private readonly byte[] content = FileBytes.Of(Size);

    [Test]
    public async Task A_phone_that_drops_the_connection_is_seen_to_have_a_part_only()
    {
        await using var lab = await FileLab.StartAsync();
        var job = await lab.DeployAsync(await lab.AddAsync(content));
        await using var tls = await RawTls.ConnectAsync(lab.Server.PhoneUrl, receiveBuffer: 8192);
        var noted = await lab.NotedAsync(job.Id, async () =>
        {
            await tls.WriteAsync(RawTls.Request("GET", lab.PathOf(job)));
            await tls.Stream.ReadExactlyAsync(new byte[100_000], RunningServer.Patience());
            tls.Reset();
        });
        Assert.That(noted.History[^1].Text, Does.Match($"^logo\\.png: all {Size} bytes to 127\\.0\\.0\\.1 broken off after [0-9]+$"));
        Assert.That(long.Parse(noted.History[^1].Text.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(Size));
        await lab.Server.DisposeAsync();
        Assert.That(lab.Running.Exchanges.All.Single(exchange => exchange.Kind == ExchangeKind.Download).Error, Does.StartWith("broken off after "));
    }

    [Test]
    public async Task Phones_that_take_nothing_do_not_keep_messages_of_others_waiting()
    {
        await using var lab = await FileLab.StartAsync();
        var job = await lab.DeployAsync(await lab.AddAsync(content));
        var stalled = new List<RawTls>();
        try
        {
            for (var count = 0; count < 40; count++)
            {
                stalled.Add(await RawTls.ConnectAsync(lab.Server.PhoneUrl, receiveBuffer: 8192));
                await stalled[^1].WriteAsync(RawTls.Request("GET", lab.PathOf(job)));
                await stalled[^1].Stream.ReadExactlyAsync(new byte[1000], RunningServer.Patience());
            }

            using var phone = new TestPhone(lab.Server.PhoneUrl, "00:1A:E8:00:00:02");
            Assert.That((await phone.StartUpAsync(true).WaitAsync(TimeSpan.FromSeconds(5))).Action, Is.EqualTo(ServerAction.ReadAllItems));
            await lab.Server.WhenIdleAsync(RunningServer.Patience());
        }
        finally
        {
            foreach (var tls in stalled)
                tls.Reset();
        }
    }

    [Test]
    public async Task A_phone_that_takes_nothing_is_cut_off_by_the_least_rate()
    {
        await using var lab = await FileLab.StartAsync(options => options with { LeastDownloadRate = 1024 * 1024 });
        var job = await lab.DeployAsync(await lab.AddAsync(content));
        await using var tls = await RawTls.ConnectAsync(lab.Server.PhoneUrl, receiveBuffer: 8192);
        var noted = await lab.NotedAsync(job.Id, () => tls.WriteAsync(RawTls.Request("GET", lab.PathOf(job))));
        Assert.That(noted.History[^1].Text, Does.Contain("broken off after"));
        tls.Reset();
    }

    [Test]
    public async Task Phones_that_fetch_the_same_file_at_once_all_get_it()
    {
        await using var lab = await FileLab.StartAsync();
        var small = FileBytes.Of(3_000_000);
        var job = await lab.DeployAsync(await lab.AddAsync(small));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawTls.SendAsync(lab.Server.PhoneUrl, "GET", lab.PathOf(job))));
        foreach (var answer in answers)
            Assert.That(answer.Body.AsSpan().SequenceEqual(small), Is.True);
    }
}
