using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Accounts;
using OpenStage.Server.Audit;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Accounts, tokens and the audit log in a store that nodes may share; on SQLite and on PostgreSQL alike.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class AccountStoreTests(bool postgres)
{
    private TemporaryFolder folder = null!;
    private ManualClock clock = null!;
    private Database database = null!;
    private AccountBook accounts = null!;
    private GrantBook grants = null!;

    [SetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        clock = new ManualClock();
        database = Database.Open(folder.Path, postgres ? PostgresServer.NewDatabase() : null);
        accounts = new AccountBook(database, clock);
        grants = new GrantBook(database, clock);
    }

    [TearDown]
    public void End()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Nodes_that_start_together_make_one_first_account()
    {
        var passwords = new string?[8];
        Parallel.For(0, passwords.Length, node => passwords[node] = accounts.EnsureFirst());
        var password = passwords.Single(made => made is not null)!;
        Assert.That(PasswordHash.Matches(accounts.List().Single().PasswordHash, password), Is.True);
    }

    [Test]
    public void Of_two_administrators_who_remove_each_other_one_is_left()
    {
        for (var round = 0; round < 10; round++)
        {
            foreach (var name in new[] { "anna", "boris" }.Where(name => accounts.Get(name) is null))
                accounts.Create(name, Role.Administrator, "", mustChange: false);
            var refused = 0;
            Parallel.ForEach(["anna", "boris"], name =>
            {
                try
                {
                    accounts.Remove(name);
                }
                catch (RequestException conflict) when (conflict.Status == 409)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            Assert.That((refused, accounts.List().Count), Is.EqualTo((1, 1)));
        }
    }

    [Test]
    public void A_refresh_token_that_is_used_many_times_at_once_brings_one_pair_at_most_and_ends_the_login()
    {
        var account = accounts.Create("olga", Role.Viewer, "", mustChange: false);
        var pair = grants.IssuePair(account);
        var brought = new TokenPair?[8];
        Parallel.For(0, brought.Length, use => brought[use] = grants.Refresh(pair.Refresh));
        Assert.That(brought.Count(one => one is not null), Is.EqualTo(1));
        Assert.That(grants.Find(brought.Single(one => one is not null)!.Access, GrantKind.Access), Is.Null);
    }

    [Test]
    public void A_password_that_is_changed_while_it_is_checked_lets_nobody_in()
    {
        var seen = accounts.Create("olga", Role.Viewer, PasswordHash.OfOneTime("old"), mustChange: true);
        accounts.SetPassword("olga", Api.Password, mustChange: false);
        Assert.That(accounts.LoggedIn(seen), Is.Null);
        Assert.That(accounts.LoggedIn(accounts.Get("olga")!)!.LastLogin, Is.EqualTo(clock.GetUtcNow()));
    }

    [Test]
    public void Tokens_that_are_over_are_cleared_away_and_others_stay()
    {
        var account = accounts.Create("olga", Role.Viewer, "", mustChange: false);
        var (script, grant) = grants.IssueScript("olga", "nightly", Role.Viewer, null);
        var session = grants.IssueSession(account);
        Assert.That(grants.Find(session, GrantKind.Session)!.Value.Account.Name, Is.EqualTo("olga"));
        clock.Advance(TimeSpan.FromDays(2));
        grants.IssuePair(account);
        Assert.That(database.Read(store => store.Grant(TokenText.Hash(session))), Is.Null);
        Assert.That(grants.Find(script, GrantKind.Script)!.Value.Grant, Is.EqualTo(grant));
        Assert.That(grants.Scripts("olga"), Is.EqualTo(new[] { grant }));
        grants.Revoke(script);
        Assert.That(grants.Scripts(null), Is.Empty);
    }

    [Test]
    public void Entries_of_many_at_once_are_all_in_the_log()
    {
        var log = new AuditLog(database, clock, TimeSpan.FromDays(1));
        Parallel.For(0, 40, number => log.Add(number % 2 == 0 ? "olga" : "vera", "192.0.2.1", "POST", $"/api/Jobs_{number % 4}", "a job", 201));
        Assert.That(log.Find(new AuditFilter()).Items.Select(entry => entry.Id), Is.EqualTo(Enumerable.Range(1, 40).Reverse()));
        Assert.That(log.Find(new AuditFilter { Account = "olga", Resource = "jobs_2", From = clock.GetUtcNow(), Top = 3 }) is { Count: 10, Items.Count: 3 });
        Assert.That(log.Find(new AuditFilter { To = clock.GetUtcNow() }).Count, Is.Zero);
        Assert.That(log.Find(new AuditFilter { Resource = "jobsX2" }).Count, Is.Zero, "an underscore stands for itself");
    }
}
