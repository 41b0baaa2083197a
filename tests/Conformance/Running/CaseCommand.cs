using System.Diagnostics;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance;

/// <summary>Runs a case where it can be run, and tells the run and the test runner what came of it.</summary>
internal sealed class CaseCommand(TestCommand inner, CaseInfo info) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var run = ConformanceRun.Current;
        var id = ((PhoneCases)context.TestObject!).PhoneId;
        var session = run.SessionOf(id);
        if (session.IsInterrupted)
        {
            context.CurrentResult.SetResult(ResultState.Skipped, "not run: the run was interrupted");
            return context.CurrentResult;
        }

        var phone = session.Phone(id);
        session.BeginCase();
        run.Settings.Live?.CaseBegins(info, id, () => LastMessage(phone.Exchanges));
        var watch = Stopwatch.StartNew();

        var result = WhyNot(phone) ?? new CaseTries(run, session, info, phone, () => innerCommand.Execute(context)).Run();
        result = result with
        {
            DurationMilliseconds = watch.Elapsed.TotalMilliseconds,
            Exchanges = result.Verdict == Verdict.NotApplicable ? [] : [.. phone.Exchanges.Select(ExchangeEntry.From)],
        };
        run.Add(info, result);
        SetResult(context.CurrentResult, result);
        return context.CurrentResult;
    }

    /// <summary>The last of the exchanges in a few words, for those who watch.</summary>
    internal static string LastMessage(IReadOnlyList<HttpExchange> exchanges) =>
        exchanges is [.., var last] && ExchangeEntry.From(last) is var entry ? $"{entry.RequestLabel}, answered {entry.ResponseLabel}" : "";

    private ResultEntry? WhyNot(PhoneUnderTest phone)
    {
        var result = new ResultEntry { CaseId = info.Id, PhoneId = phone.Entry.Id, Verdict = Verdict.Skipped, Compatible = true };
        if (phone.Unusable is { } reason)
            return result with { Reason = $"not run: {reason}" };
        return (info.Needs & ~phone.Capabilities) is var missing && missing != Capability.None
            ? result with { Verdict = Verdict.NotApplicable, Reason = $"The phone, or the lab with it, lacks: {missing}." }
            : null;
    }

    /// <summary>For test runners a case that does not apply is fulfilled; the report tells the difference.</summary>
    internal static void SetResult(TestResult nunit, ResultEntry result)
    {
        var text = $"{result.Verdict}: {result.Reason}{Environment.NewLine}Expected: {result.Expected}{Environment.NewLine}Actual: {result.Actual}";
        if (result.Verdict is Verdict.Fail or Verdict.UnexpectedPass or Verdict.Flaky)
            nunit.SetResult(ResultState.Failure, text);
        else if (result.Verdict == Verdict.LabError)
            nunit.SetResult(ResultState.Error, text);
        else
            nunit.SetResult(ResultState.Success, result.Verdict == Verdict.Pass ? "" : text);
    }
}
