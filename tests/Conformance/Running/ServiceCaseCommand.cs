using System.Diagnostics;
using System.Globalization;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Reports;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>Runs a case of the server suite where it can be run, and tells the run and the test runner what came of it.</summary>
internal sealed class ServiceCaseCommand(TestCommand inner, CaseInfo info) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var run = ConformanceRun.Current;
        var id = ((ServiceCases)context.TestObject!).ServiceId;
        var session = run.SessionOf(id);
        var service = session.Service(id);
        run.Settings.Live?.CaseBegins(info, id, () => CaseCommand.LastMessage(service.Exchanges));
        var watch = Stopwatch.StartNew();

        var result = WhyNot(session, service) ?? Run(run, session, service, context);
        result = result with
        {
            DurationMilliseconds = watch.Elapsed.TotalMilliseconds,
            Exchanges = result.Verdict == Verdict.NotApplicable ? [] : [.. service.Exchanges.Select(ExchangeEntry.From)],
        };
        run.Add(info, result);
        CaseCommand.SetResult(context.CurrentResult, result);
        return context.CurrentResult;
    }

    private ResultEntry? WhyNot(LabSession session, ServiceUnderTest service)
    {
        var result = new ResultEntry { CaseId = info.Id, PhoneId = service.Entry.Id, Verdict = Verdict.Skipped, Compatible = true };
        if (session.IsInterrupted)
            return result with { Reason = "not run: the run was interrupted" };
        if (service.Unusable is { } reason)
            return result with { Reason = $"not run: {reason}" };
        return (info.ServiceNeeds & ~service.Capabilities) is var missing && missing != ServiceCapability.None
            ? result with { Verdict = Verdict.NotApplicable, Reason = $"The service, or the lab with it, lacks: {missing}." }
            : null;
    }

    /// <summary>The verdict of all tries; a pass after a failure is flaky, never a pass.</summary>
    private ResultEntry Run(ConformanceRun run, LabSession session, ServiceUnderTest service, TestExecutionContext context)
    {
        List<ResultEntry> tries = [Try(session, service, context)];
        while (tries.Count <= run.Settings.Retries && tries[^1].Verdict is Verdict.Fail or Verdict.NonStrict or Verdict.Informational)
            tries.Add(Try(session, service, context));
        if (tries.Count == 1)
            return tries[0];
        var last = tries[^1] with { Tries = [.. tries.Select(one => one.Verdict)] };
        return last.Verdict != Verdict.Pass ? last : last with
        {
            Verdict = Verdict.Flaky,
            Reason = string.Create(CultureInfo.InvariantCulture, $"Passed in 1 of {tries.Count} tries. {tries[^2].Reason}"),
            Expected = tries[^2].Expected,
            Actual = tries[^2].Actual,
        };
    }

    private ResultEntry Try(LabSession session, ServiceUnderTest service, TestExecutionContext context)
    {
        var result = new ResultEntry { CaseId = info.Id, PhoneId = service.Entry.Id, Verdict = Verdict.Pass, Compatible = true };
        service.BeginCaseAsync().GetAwaiter().GetResult();
        try
        {
            innerCommand.Execute(context);
        }
        catch (Exception thrown)
        {
            result = CaseTries.Judge(info, thrown, result, session.IsInterrupted);
        }

        return result;
    }
}
