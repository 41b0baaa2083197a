using NUnit.Framework;
using OpenStage.Harness.Explanations;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Explanations;

[TestFixture]
public sealed class NearestPassTests
{
    private const string Case = "wpi/1/1";

    private static readonly ResultEntry Failed = Result(Verdict.Fail, Case, "os40", Exchange("solicited"), Exchange("reply-to WriteItems accepted"), Exchange("reply-to ReadItems accepted"));

    [Test]
    public void It_is_the_one_that_says_the_same_for_longest()
    {
        var near = Near(
            Result(Verdict.Pass, Case, "other", Exchange("start-up")),
            Result(Verdict.Pass, Case, "third", Exchange("solicited"), Exchange("reply-to WriteItems busy")))!;
        Assert.That((near.Phone.Id, near.Step), Is.EqualTo(("third", 2)));
    }

    [Test]
    public void Of_equals_it_is_that_of_the_same_phone_in_an_earlier_run()
    {
        var run = Run(Failed, Failed with { PhoneId = "other", Verdict = Verdict.Pass });
        var earlier = Run(Failed with { Verdict = Verdict.Pass }) with { RunId = "0", StartedAt = Start.AddDays(-1) };
        Assert.That(NearestPass.Of(run, Failed, [run, earlier])!.Run.RunId, Is.EqualTo("0"));
        Assert.That(NearestPass.Of(run, Failed, [run])!.Run.RunId, Is.EqualTo("1"));
    }

    [Test]
    public void A_message_that_one_of_them_has_more_is_where_they_part()
    {
        Assert.That(Near(Result(Verdict.Pass, Case, "other", Exchange("solicited"), Exchange("reply-to WriteItems accepted")))!.Step, Is.EqualTo(3));
        Assert.That(Near(Failed with { PhoneId = "other", Verdict = Verdict.Pass, Exchanges = [.. Failed.Exchanges, Exchange("solicited")] })!.Step, Is.EqualTo(4));
    }

    [Test]
    public void Where_all_say_the_same_in_few_words_the_contents_are_compared()
    {
        var (ours, theirs) = (Told("""<Item name="sntp-addr">a</Item><Item name="same">1</Item>"""), Told("""<Item name="sntp-addr">b</Item><Item name="same">1</Item>"""));
        var failed = Failed with { Exchanges = [Exchange("solicited"), ours] };
        var run = Run(failed, failed with { PhoneId = "other", Verdict = Verdict.Pass, Exchanges = [Exchange("solicited"), theirs] });
        var near = NearestPass.Of(run, failed, [run])!;

        Assert.That(near.Step, Is.EqualTo(2));
        Assert.That(near.Difference(run, failed), Is.EqualTo(new[] { "- phone: <Item name=\"sntp-addr\"> a", "+ phone: <Item name=\"sntp-addr\"> b" }));
    }

    [Test]
    public void What_differs_between_any_two_phones_makes_no_difference()
    {
        var failed = Failed with { Exchanges = [Message("1", "OpenStage 40", "V3 R3.24.0"), Told("""<Item name="mac-addr">00:1A:E8:00:00:01</Item><Item name="uri">http://127.20.0.1:8085/</Item>""")] };
        var passed = failed with { PhoneId = "other", Verdict = Verdict.Pass, Exchanges = [Message("2", "other", "other"), Told("""<Item name="mac-addr">00:1A:E8:00:00:02</Item><Item name="uri">http://127.20.0.2:8085/</Item>""")] };
        var run = Run(failed, passed);
        var near = NearestPass.Of(run, failed, [run])!;
        Assert.That(near.Step, Is.Zero);
        Assert.That(near.Difference(run, failed), Is.Empty);

        static ExchangeEntry Message(string nonce, string model, string firmware) =>
            Exchange("solicited", $"<WorkpointMessage><Message nonce=\"{nonce}\"><ReasonForContact>solicited</ReasonForContact><ItemList><Item name=\"device-type\">{model}</Item><Item name=\"software-version\">{firmware}</Item></ItemList></Message></WorkpointMessage>");
    }

    [Test]
    public void Without_a_pass_of_the_case_there_is_none() =>
        Assert.That(Near(Result(Verdict.NonStrict, Case, "other"), Result(Verdict.Pass, "wpi/1/2", "other")), Is.Null);

    private static NearestPass? Near(params ResultEntry[] others)
    {
        var run = Run([Failed, .. others]);
        return NearestPass.Of(run, Failed, [run]);
    }

    private static RunReport Run(params ResultEntry[] results) => Of(results) with { Phones = [Phone(), Phone("other", number: 2), Phone("third", number: 3)] };
}
