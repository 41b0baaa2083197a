using NUnit.Framework;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What a store does, on SQLite and on PostgreSQL alike.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class StoreTests(bool postgres)
{
    private const string Mac = "00:1A:E8:00:00:01";

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private TemporaryFolder folder = null!;
    private string? connection;
    private Database database = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder();
        connection = postgres ? PostgresServer.NewDatabase() : null;
        database = Database.Open(folder.Path, connection);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_transaction_that_fails_leaves_nothing_and_tells_nothing()
    {
        var told = new List<string>();
        database.Changed += told.Add;
        Assert.That(() => database.Write<bool>(Mac, session =>
        {
            session.Save(Phone(Mac));
            throw new InvalidOperationException("broken");
        }), Throws.InvalidOperationException);
        Assert.That(database.Read(session => session.Device(Mac)), Is.Null);
        Assert.That(told, Is.Empty);
    }

    [Test]
    public void What_was_changed_is_told_once_the_transaction_is_through()
    {
        var told = new List<string>();
        database.Changed += told.Add;
        Save(Phone(Mac), Phone("00:1A:E8:00:00:02"));
        Assert.That(told, Is.EqualTo(new[] { "device:00:1A:E8:00:00:01", "device:00:1A:E8:00:00:02" }));
    }

    [Test]
    public void Numbers_of_a_sequence_follow_one_another_and_are_never_given_twice()
    {
        var numbers = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .SelectMany(_ => Enumerable.Range(0, 10).Select(_ => database.Write(session => session.NextId("jobs")))).ToList();
        Assert.That(numbers.Order(), Is.EqualTo(Enumerable.Range(1, 80)));
    }

    [Test]
    public void Two_who_work_at_one_phone_wait_for_one_another()
    {
        Save(Phone(Mac) with { ContactFailures = 0 });
        Parallel.For(0, 40, _ => database.Write(Mac, session =>
        {
            var phone = session.Device(Mac)!;
            session.Save(phone with { ContactFailures = phone.ContactFailures + 1 });
            return true;
        }));
        Assert.That(database.Read(session => session.Device(Mac))!.ContactFailures, Is.EqualTo(40));
    }

    [Test]
    public void All_of_a_phone_comes_back_as_it_was_saved()
    {
        var phone = Phone(Mac) with { Location = "Aula \"1\" <ü>", LastContact = Now, ContactGapSeconds = 60, Polling = new DevicePolling("http://10.1.2.9/", 60) };
        Save(phone);
        Reopen();
        Assert.That(database.Read(session => session.Device(Mac)), Is.EqualTo(phone));
    }

    [Test]
    public void A_job_comes_back_with_its_items_and_history_and_only_open_ones_are_open()
    {
        var job = Job(1, Mac, JobState.Pending) with { Items = [new Item("user-pwd", "hunter2", 3)], History = [new JobHistoryLine(Now, "created")] };
        database.Write(Mac, session =>
        {
            session.Save(job);
            session.Save(Job(2, Mac, JobState.Succeeded));
            session.Save(Job(3, "00:1A:E8:00:00:02", JobState.Running));
            return true;
        });
        var read = database.Read(session => session.OpenJobs(Mac)).Single();
        Assert.That(read.Items, Is.EqualTo(job.Items));
        Assert.That(read.History, Is.EqualTo(job.History));
        Assert.That(database.Read(session => session.MacsWithWork()), Is.EquivalentTo(new[] { Mac, "00:1A:E8:00:00:02" }));
    }

    [Test]
    public void Jobs_are_found_by_each_part_of_a_filter_and_in_pages_the_newest_first()
    {
        database.Write(session =>
        {
            for (var id = 1; id <= 6; id++)
                session.Save(Job(id, id % 2 == 0 ? Mac : "00:1A:E8:00:00:02", id <= 3 ? JobState.Pending : JobState.Failed) with { Kind = id == 6 ? JobKind.Restart : JobKind.Contact, Campaign = id == 5 ? 9 : null });
            return true;
        });
        Assert.That(Found(new JobFilter()), Is.EqualTo(new[] { 6, 5, 4, 3, 2, 1 }));
        Assert.That(Found(new JobFilter { Mac = Mac }), Is.EqualTo(new[] { 6, 4, 2 }));
        Assert.That(Found(new JobFilter { State = JobState.Failed }), Is.EqualTo(new[] { 6, 5, 4 }));
        Assert.That(Found(new JobFilter { Kind = JobKind.Restart }), Is.EqualTo(new[] { 6 }));
        Assert.That(Found(new JobFilter { Campaign = 9 }), Is.EqualTo(new[] { 5 }));
        Assert.That(Found(new JobFilter { IsOver = false }), Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(Found(new JobFilter { Skip = 2, Top = 2 }), Is.EqualTo(new[] { 4, 3 }));
        Assert.That(database.Read(session => session.CountJobs(new JobFilter { Mac = Mac, Top = 1 })), Is.EqualTo(3));

        IEnumerable<long> Found(JobFilter filter) => database.Read(session => session.Jobs(filter)).Select(job => job.Id);
    }

    [Test]
    public void An_interaction_is_found_by_its_cookie_and_a_phone_has_one()
    {
        var (old, last) = (SessionId.New(database.Vault, Mac), SessionId.New(database.Vault, Mac));
        Assert.That(last, Does.Match("^[0-9A-F]{32}$").And.Not.EqualTo(old));
        database.Write(Mac, session =>
        {
            session.Save(new InteractionState { Cookie = old, Mac = Mac, LastMessage = Now });
            session.Save(new InteractionState { Cookie = last, Mac = Mac, Part = [new Item("e164", "1")], LastMessage = Now });
            return true;
        });
        Assert.That(Found(old), Is.Null);
        Assert.That(Found(last)!.Part, Is.EqualTo(new[] { new Item("e164", "1") }));
        Assert.That(Found(SessionId.New(database.Vault, "00:1A:E8:00:00:02")), Is.Null, "a phone that has none");
        Assert.That(Found(last.ToLowerInvariant()), Is.Null, "what the server did not make");
        Assert.That(Found("C00C1EC00C1EC00C1EC00C1EC00C1EXX"), Is.Null, "what names no phone");
        Assert.That(database.Read(session => session.InteractionOf(Mac))!.Cookie, Is.EqualTo(last));

        InteractionState? Found(string cookie) => database.Read(session => session.InteractionByCookie(cookie));
    }

    [Test]
    public void What_a_phone_was_not_asked_for_before_is_no_change()
    {
        Learn(all: false, new Item("mac-addr", Mac), new Item("e164", "1"));
        Learn(all: true, new Item("mac-addr", Mac), new Item("e164", "2"), new Item("sntp-addr", "a"));
        Assert.That(database.Read(session => session.ItemChanges(Mac, 10)).Select(change => $"{change.Name} {change.Before} {change.After}"), Is.EqualTo(new[] { "e164 1 2" }));
    }

    [Test]
    public void Two_phones_keep_their_changes_side_by_side_without_waiting_for_one_another()
    {
        const string Other = "00:1A:E8:00:00:02";
        Learn(all: true, new Item("e164", "1"));
        database.Write(Other, session =>
        {
            session.Learn(Other, [new Item("e164", "1")], true, Now);
            session.Learn(Other, [new Item("e164", "2")], true, Now);
            // In the middle of it; SQLite has one writer at a time.
            if (connection is not null)
                Task.Run(() => Learn(all: true, new Item("e164", "3"))).Wait(RunningServer.Patience());
            return true;
        });
        Learn(all: true, new Item("e164", "3"));
        Assert.That(database.Read(session => session.ItemChanges(Other, 10)).Single().After, Is.EqualTo("2"));
        Assert.That(database.Read(session => session.ItemChanges(Mac, 10)).Single().After, Is.EqualTo("3"));
    }

    [Test]
    public void What_a_phone_tells_anew_is_kept_as_a_change_but_not_what_it_has_at_first()
    {
        Learn(all: true, new Item("sntp-addr", "a"), new Item("e164", "1"), new Item("configuration-changed-flag", "true"));
        Assert.That(Changes(), Is.Empty);
        Learn(all: false, new Item("sntp-addr", "b"), new Item("configuration-changed-flag", "false"), new Item("key-label", "x", 2));
        Learn(all: true, new Item("sntp-addr", "b"), new Item("key-label", "x", 2));
        Assert.That(Changes().Select(change => $"{change.Name}[{change.Index}] {change.Before ?? "-"} > {change.After ?? "-"}"),
            Is.EqualTo(new[] { "e164[] 1 > -", "key-label[2] - > x", "sntp-addr[] a > b" }));
        Assert.That(database.Read(session => session.Items(Mac)).Select(item => item.Name), Is.EqualTo(new[] { "key-label", "sntp-addr" }));

        IReadOnlyList<ItemChange> Changes() => database.Read(session => session.ItemChanges(Mac, 10));
    }

    [Test]
    public void A_certificate_stays_known_though_ReadAllItems_never_tells_it()
    {
        Learn(all: false, new Item("wbm-server-certificate-info", "CN=phone"));
        Learn(all: true, new Item("sntp-addr", "a"));
        Assert.That(database.Read(session => session.Items(Mac)).Select(item => item.Name), Has.Member("wbm-server-certificate-info"));
    }

    private static IEnumerable<TestCaseData> Filters =>
    [
        new(new DeviceFilter(), "1234"),
        new(new DeviceFilter { Model = "openstage 40" }, "13"),
        new(new DeviceFilter { Firmware = "V3 R3" }, "1"),
        new(new DeviceFilter { Firmware = "V3_R3" }, ""),
        new(new DeviceFilter { FirmwareBefore = new FirmwareVersion(3, 0, 0, 0) }, "34"),
        new(new DeviceFilter { FirmwareBefore = new FirmwareVersion(2, 2, 10, 0) }, "4"),
        new(new DeviceFilter { MacFrom = "00:1A:E8:00:00:02", MacTo = "00:1A:E8:00:00:03" }, "23"),
        new(new DeviceFilter { Location = "Hall" }, "2"),
        new(new DeviceFilter { SeenSince = Now }, "234"),
        new(new DeviceFilter { SeenBefore = Now }, "1"),
        new(new DeviceFilter { Unreachable = true }, "4"),
        new(new DeviceFilter { Unreachable = false }, "123"),
        new(new DeviceFilter { HasOpenJobs = true }, "3"),
        new(new DeviceFilter { HasOpenJobs = false }, "124"),
        new(new DeviceFilter { Search = "hALL" }, "2"),
        new(new DeviceFilter { Search = "4711" }, "4"),
        new(new DeviceFilter { Search = "%" }, ""),
        new(new DeviceFilter { Search = "_" }, ""),
        new(new DeviceFilter { Skip = 1, Top = 2 }, "23"),
        new(new DeviceFilter { Model = "OpenStage 40", Firmware = "V2" }, "3"),
    ];

    [TestCaseSource(nameof(Filters))]
    public void Phones_are_found_by_each_part_of_a_filter(DeviceFilter filter, string expected)
    {
        Save(
            Phone("00:1A:E8:00:00:01") with { Model = "OpenStage 40", Firmware = "V3 R3.24.0", LastSeen = Now - TimeSpan.FromMinutes(1) },
            Phone("00:1A:E8:00:00:02") with { Model = "OpenStage 60", Firmware = "V3 R5.12.0", Location = "Hall" },
            Phone("00:1A:E8:00:00:03") with { Model = "OpenStage 40", Firmware = "V2 R2.10.0" },
            Phone("00:1A:E8:00:00:04") with { Model = "OpenStage 15", Firmware = "V2 R2.9.0", E164 = "494711", ContactFailures = 2 });
        database.Write(session =>
        {
            session.Save(Job(1, "00:1A:E8:00:00:03", JobState.Pending));
            session.Save(Job(2, "00:1A:E8:00:00:04", JobState.Failed));
            return true;
        });
        Assert.That(string.Concat(database.Read(session => session.Devices(filter)).Select(phone => phone.Mac[^1])), Is.EqualTo(expected));
        Assert.That(database.Read(session => session.CountDevices(filter with { Skip = 0, Top = int.MaxValue })), Is.EqualTo(filter.Skip > 0 ? 4 : expected.Length));
    }

    [Test]
    public void A_phone_was_last_seen_when_its_last_interaction_says_so_in_filters_and_in_order()
    {
        Save(Phone("00:1A:E8:00:00:01"), Phone("00:1A:E8:00:00:02"), Phone("00:1A:E8:00:00:03"));
        database.Write(session =>
        {
            session.Save(new InteractionState { Cookie = SessionId.New(database.Vault, "00:1A:E8:00:00:02"), Mac = "00:1A:E8:00:00:02", LastMessage = Now.AddMinutes(2) });
            session.Save(new InteractionState { Cookie = SessionId.New(database.Vault, "00:1A:E8:00:00:03"), Mac = "00:1A:E8:00:00:03", LastMessage = Now.AddMinutes(-2) });
            return true;
        });
        Assert.That(Found(new DeviceFilter { SeenSince = Now.AddMinutes(1) }), Is.EqualTo("2"));
        Assert.That(Found(new DeviceFilter { SeenBefore = Now.AddMinutes(1) }), Is.EqualTo("13"));
        Assert.That(Found(new DeviceFilter { Order = DeviceOrder.LastSeen, Descending = true }), Does.StartWith("2"));
        Assert.That(database.Read(session => session.Devices(new DeviceFilter { MacFrom = "00:1A:E8:00:00:02" })).Select(phone => phone.LastSeen),
            Is.EqualTo(new[] { Now.AddMinutes(2), Now }));
        Assert.That(database.Write(session => session.ChoosePhones(7, new DeviceFilter { SeenSince = Now.AddMinutes(1) })), Is.EqualTo(1));

        string Found(DeviceFilter filter)
        {
            var found = string.Concat(database.Read(session => session.Devices(filter)).Select(phone => phone.Mac[^1]));
            Assert.That(database.Read(session => session.CountDevices(filter)), Is.EqualTo(found.Length));
            Assert.That(database.Read(session => session.Macs(filter)), Has.Count.EqualTo(found.Length));
            return found;
        }
    }

    [Test]
    public void Only_one_node_takes_up_what_a_dead_one_left_and_a_living_one_is_left_alone()
    {
        database.Write(session =>
        {
            session.Beat("dead");
            session.Beat("alive");
            return true;
        });
        Assert.That(database.Write(session => session.TakeDeadNodes(TimeSpan.FromHours(1))), Is.Empty);
        Assert.That(database.Write(session =>
        {
            session.ForgetNode("alive");
            return session.TakeDeadNodes(TimeSpan.FromHours(-1));
        }), Is.EqualTo(new[] { "dead" }));
        Assert.That(database.Write(session => session.TakeDeadNodes(TimeSpan.FromHours(-1))), Is.Empty);
    }

    private static Device Phone(string mac) => new() { Mac = mac, FirstSeen = Now, LastSeen = Now };

    private static Job Job(long id, string mac, JobState state) => new()
    {
        Id = id,
        Mac = mac,
        Kind = JobKind.Contact,
        State = state,
        Created = Now,
        NotBefore = Now,
        Expires = Now + TimeSpan.FromDays(1),
    };

    private void Save(params Device[] phones)
    {
        foreach (var phone in phones)
        {
            database.Write(phone.Mac, session =>
            {
                session.Save(phone);
                return true;
            });
        }
    }

    private void Learn(bool all, params Item[] items) => database.Write(Mac, session =>
    {
        session.Learn(Mac, items, all, Now);
        return true;
    });

    private void Reopen()
    {
        database.Dispose();
        database = Database.Open(folder.Path, connection);
    }
}
