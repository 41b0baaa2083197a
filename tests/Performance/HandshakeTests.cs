using NUnit.Framework;
using OpenStage.Benchmarks.Costs;
using OpenStage.Benchmarks.Storm;

namespace OpenStage.Performance.Tests;

public sealed class HandshakeTests
{
    [Test]
    public async Task Each_handshake_is_a_whole_one()
    {
        using var service = new CleanUpService();

        var result = await HandshakeClient.RunAsync(service.Url, count: 5, atOnce: 2, CancellationToken.None);

        Assert.That(result.Kind, Is.EqualTo(new HandshakeKind("Tls12", result.Kind.Suite, "RSA 2048", IsWhole: true)));
    }

    [Test]
    public async Task A_second_look_at_a_server_sees_the_same()
    {
        using var service = new CleanUpService();

        var first = await HandshakeClient.LookAsync(service.Url, CancellationToken.None);

        Assert.That(await HandshakeClient.LookAsync(service.Url, CancellationToken.None), Is.EqualTo(first));
    }
}
