using System.Globalization;
using NUnit.Framework;
using OpenStage.Server.Campaigns;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>Hours of a wall clock, also in the nights in which it is moved.</summary>
public sealed class CampaignWindowTests
{
    [TestCase("09:00", "17:00", "2026-01-05T07:59:59Z", false)]
    [TestCase("09:00", "17:00", "2026-01-05T08:00:00Z", true)]
    [TestCase("09:00", "17:00", "2026-01-05T15:59:59Z", true)]
    [TestCase("09:00", "17:00", "2026-01-05T16:00:00Z", false)]
    [TestCase("22:00", "04:00", "2026-01-05T20:59:59Z", false)]
    [TestCase("22:00", "04:00", "2026-01-05T21:00:00Z", true)]
    [TestCase("22:00", "04:00", "2026-01-06T02:59:59Z", true)]
    [TestCase("22:00", "04:00", "2026-01-06T03:00:00Z", false)]
    [TestCase("06:00", "06:00", "2026-01-05T04:59:00Z", true)]
    [TestCase("06:00", "06:00", "2026-01-05T05:00:00Z", true)]
    public void It_is_open_from_the_first_time_up_to_the_second(string from, string to, string now, bool isOpen) =>
        Assert.That(Berlin(from, to).IsOpen(Time(now)), Is.EqualTo(isOpen));

    [TestCase("2026-01-09T21:00:00Z", true, TestName = "Friday night belongs to Friday")]
    [TestCase("2026-01-10T02:00:00Z", true, TestName = "and so does the morning after it")]
    [TestCase("2026-01-10T21:00:00Z", false, TestName = "Saturday night does not")]
    [TestCase("2026-01-09T02:00:00Z", false, TestName = "nor the morning of Friday")]
    public void A_night_is_of_the_day_on_which_it_begins(string now, bool isOpen) =>
        Assert.That(Berlin("22:00", "04:00", DayOfWeek.Friday).IsOpen(Time(now)), Is.EqualTo(isOpen));

    [TestCase("2026-01-05T12:00:00Z", "2026-01-09T21:00:00Z")]
    [TestCase("2026-01-10T12:00:00Z", "2026-01-16T21:00:00Z")]
    public void The_next_opening_is_on_one_of_its_days(string now, string opening) =>
        Assert.That(Berlin("22:00", "04:00", DayOfWeek.Friday).NextOpening(Time(now)), Is.EqualTo(Time(opening)));

    // In Berlin the clocks go from 02:00 to 03:00 on 29 March 2026, which is 01:00 UTC.
    [TestCase("02:30", "05:00", "2026-03-29T00:59:59Z", false)]
    [TestCase("02:30", "05:00", "2026-03-29T01:00:00Z", true)]
    [TestCase("02:30", "05:00", "2026-03-29T03:00:00Z", false)]
    [TestCase("22:00", "02:30", "2026-03-29T00:59:59Z", true)]
    [TestCase("22:00", "02:30", "2026-03-29T01:00:00Z", false)]
    [TestCase("22:00", "06:00", "2026-03-29T03:59:59Z", true)]
    [TestCase("22:00", "06:00", "2026-03-29T04:00:00Z", false)]
    public void An_hour_that_the_clocks_skip_begins_when_they_have_skipped_it(string from, string to, string now, bool isOpen) =>
        Assert.That(Berlin(from, to).IsOpen(Time(now)), Is.EqualTo(isOpen));

    [Test]
    public void A_window_within_the_skipped_hour_does_not_open_that_day()
    {
        var window = Berlin("02:10", "02:50");
        Assert.That(window.NextOpening(Time("2026-03-28T12:00:00Z")), Is.EqualTo(Time("2026-03-30T00:10:00Z")));
    }

    // In Berlin the clocks go from 03:00 back to 02:00 on 25 October 2026, which is 01:00 UTC.
    [TestCase("02:30", "04:00", "2026-10-25T00:29:59Z", false)]
    [TestCase("02:30", "04:00", "2026-10-25T00:30:00Z", true)]
    [TestCase("02:30", "04:00", "2026-10-25T02:59:59Z", true)]
    [TestCase("02:30", "04:00", "2026-10-25T03:00:00Z", false)]
    [TestCase("22:00", "02:30", "2026-10-25T00:29:59Z", true)]
    [TestCase("22:00", "02:30", "2026-10-25T00:30:00Z", false)]
    [TestCase("22:00", "02:30", "2026-10-25T01:10:00Z", false)]
    public void Of_an_hour_that_the_clocks_show_twice_the_first_counts(string from, string to, string now, bool isOpen) =>
        Assert.That(Berlin(from, to).IsOpen(Time(now)), Is.EqualTo(isOpen));

    [Test]
    public void Open_time_leaves_out_the_hours_between()
    {
        var window = Berlin("22:00", "04:00");
        Assert.That(window.OpenTime(Time("2026-01-05T22:00:00Z"), Time("2026-01-06T22:30:00Z")), Is.EqualTo(TimeSpan.FromHours(5 + 1.5)));
        Assert.That(window.OpenTime(Time("2026-01-05T10:00:00Z"), Time("2026-01-05T12:00:00Z")), Is.EqualTo(TimeSpan.Zero));
        // The night of 29 March is an hour shorter.
        Assert.That(window.OpenTime(Time("2026-03-28T12:00:00Z"), Time("2026-03-29T12:00:00Z")), Is.EqualTo(TimeSpan.FromHours(5)));
    }

    [Test]
    public void Time_ahead_goes_by_only_while_it_is_open()
    {
        var window = Berlin("22:00", "04:00");
        Assert.That(window.AfterOpenTime(Time("2026-01-05T22:00:00Z"), TimeSpan.FromHours(5)), Is.EqualTo(Time("2026-01-06T03:00:00Z")));
        Assert.That(window.AfterOpenTime(Time("2026-01-05T22:00:00Z"), TimeSpan.FromHours(6)), Is.EqualTo(Time("2026-01-06T22:00:00Z")));
        Assert.That(window.AfterOpenTime(Time("2026-01-05T22:00:00Z"), TimeSpan.FromDays(365)), Is.Null);
    }

    [Test]
    public void On_windows_every_name_that_is_known_is_one_that_other_systems_know()
    {
        Assert.That(TimeZones.OnWindows, Has.Member("Europe/Berlin"));
        // There the name leads to a zone of Windows; elsewhere to one of the IANA.
        foreach (var name in TimeZones.OnWindows)
            Assert.That(TimeZones.Find(name), Is.Not.Null, name);
    }

    [TestCase("")]
    [TestCase("Europe/Atlantis")]
    [TestCase("../../etc/passwd")]
    [TestCase("/etc/localtime")]
    [TestCase("Europe/Berlin\n")]
    public void What_is_no_name_of_a_zone_is_not_found(string name) => Assert.That(TimeZones.Find(name), Is.Null);

    private static CampaignWindow Berlin(string from, string to, params DayOfWeek[] days) =>
        new() { From = from, To = to, Zone = "Europe/Berlin", Days = days };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
