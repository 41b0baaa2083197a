using System.Globalization;
using System.Net;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Accounts;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Guessing gets slower and slower, by name and by address; on SQLite and on PostgreSQL alike.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class ThrottleTests(bool postgres)
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private TemporaryFolder folder = null!;
    private ManualClock clock = null!;
    private Database database = null!;
    private LoginThrottle throttle = null!;

    [SetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        clock = new ManualClock();
        database = Database.Open(folder.Path, postgres ? PostgresServer.NewDatabase() : null);
        throttle = new LoginThrottle(database, clock);
    }

    [TearDown]
    public void End()
    {
        database.Dispose();
        folder.Dispose();
    }

    [TestCase(1, 0)]
    [TestCase(4, 0)]
    [TestCase(5, 1)]
    [TestCase(6, 2)]
    [TestCase(7, 4)]
    [TestCase(12, 128)]
    [TestCase(13, 256)]
    [TestCase(14, 300)]
    [TestCase(1_000_000, 300)]
    public void The_wait_doubles_up_to_five_minutes(int failures, int seconds) =>
        Assert.That(LoginThrottle.Wait(failures), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void A_name_is_slowed_down_whatever_addresses_its_guesses_come_from()
    {
        for (var guess = 0; guess < 5; guess++)
            throttle.Begin("olga", Address(guess));
        AssertWait("OLGA", Address(99), 1);
        throttle.Begin("vera", Address(99));
        clock.Advance(TimeSpan.FromSeconds(1));
        throttle.Begin("olga", Address(98));
        AssertWait("olga", Address(97), 2);
    }

    [Test]
    public void An_address_is_slowed_down_whatever_names_it_guesses_at()
    {
        for (var guess = 0; guess < 5; guess++)
            throttle.Begin(string.Create(CultureInfo.InvariantCulture, $"name{guess}"), Here);
        AssertWait("another", Here, 1);
        throttle.Begin("another", IPAddress.Parse("192.0.2.2"));
    }

    [Test]
    public void Refused_tries_do_not_make_the_wait_longer()
    {
        Fail("olga", 5);
        for (var again = 0; again < 20; again++)
            AssertWait("olga", Here, 1);
    }

    [Test]
    public void A_right_login_frees_its_name_and_gives_its_address_no_new_guesses()
    {
        for (var guess = 0; guess < 4; guess++)
            throttle.Begin("olga", Here);
        throttle.Begin("vera", Address(1));
        throttle.Forgive("vera", Address(1));
        // Whoever has an account of their own logs in between guesses at others.
        throttle.Begin("vera", Here);
        throttle.Forgive("vera", Here);
        throttle.Begin("boris", Here);
        AssertWait("anna", Here, 1);
        AssertWait("vera", Here, 1);
    }

    [Test]
    public void Addresses_of_one_IPv6_network_count_as_one()
    {
        for (var guess = 0; guess < 5; guess++)
            throttle.Begin(string.Create(CultureInfo.InvariantCulture, $"name{guess}"), IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{guess}")));
        AssertWait("another", IPAddress.Parse("2001:db8:1:2:ffff::1"), 1);
        throttle.Begin("another", IPAddress.Parse("2001:db8:1:3::1"));
        for (var guess = 0; guess < 5; guess++)
            throttle.Begin(string.Create(CultureInfo.InvariantCulture, $"mapped{guess}"), IPAddress.Parse("::ffff:192.0.2.7"));
        AssertWait("another", IPAddress.Parse("192.0.2.7"), 1);
    }

    [Test]
    public void After_an_hour_of_peace_all_begins_anew()
    {
        Fail("olga", 5);
        clock.Advance(LoginThrottle.Memory + TimeSpan.FromSeconds(1));
        throttle.Begin("olga", Here);
        throttle.Begin("olga", Here);
        throttle.Forget();
        clock.Advance(LoginThrottle.Memory + TimeSpan.FromSeconds(1));
        throttle.Forget();
        Assert.That(database.Write(session => session.HoldFailures("name:olga").Count), Is.Zero);
    }

    [Test]
    public void Tries_at_the_same_time_do_not_slip_through()
    {
        var passed = 0;
        Parallel.For(0, 50, _ =>
        {
            try
            {
                throttle.Begin("olga", Here);
                Interlocked.Increment(ref passed);
            }
            catch (RequestException)
            {
                // Too many at once.
            }
        });
        Assert.That(passed, Is.EqualTo(LoginThrottle.FreeTries));
    }

    [Test]
    public void What_can_be_no_name_is_counted_too()
    {
        for (var guess = 0; guess < 5; guess++)
            throttle.Begin(new string('x', 1000 + guess), Address(guess));
        AssertWait("!", Address(9), 1);
    }

    [Test]
    public async Task The_API_answers_429_with_the_time_to_wait_even_to_the_right_password()
    {
        await using var lab = await RunningServer.StartAsync();
        using var api = new Api(lab);
        for (var guess = 0; guess < 5; guess++)
            Assert.That(await api.StatusAsync("POST", "/api/login", new { username = "admin", password = "guess" }), Is.EqualTo(400));
        using (var refused = await api.FormAsync("/api/login/oauth/token", ("grant_type", "password"), ("username", "admin"), ("password", lab.Server.FirstPassword!)))
        {
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            await Api.AssertRefusedAsync(refused, 429, "TOO_MANY_REQUESTS", "username", "", "another login in 1 s");
        }

        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await api.StatusAsync("POST", "/api/login", new { username = "admin", password = lab.Server.FirstPassword }), Is.EqualTo(200));
    }

    private void Fail(string name, int times)
    {
        for (var guess = 0; guess < times; guess++)
            throttle.Begin(name, Here);
    }

    private void AssertWait(string name, IPAddress address, int seconds)
    {
        var refused = Assert.Throws<RequestException>(() => throttle.Begin(name, address));
        Assert.That((refused!.Status, refused.RetryAfter), Is.EqualTo((429, (TimeSpan?)TimeSpan.FromSeconds(seconds))));
    }

    private static IPAddress Address(int last) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"198.51.100.{last}"));
}
