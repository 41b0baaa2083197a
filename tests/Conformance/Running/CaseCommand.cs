using System.Diagnostics;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>Runs a case between two restorations of its phone, and turns what happened into a verdict.</summary>
internal sealed class CaseCommand(TestCommand inner, CaseInfo info) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var run = ConformanceRun.Current;
        var phone = run.Session.Phone(((PhoneCases)context.TestObject!).PhoneId);
        run.Session.BeginCase();
        var watch = Stopwatch.StartNew();

        var result = new ResultEntry { CaseId = info.Id, PhoneId = phone.Entry.Id, Verdict = Verdict.Pass, Compatible = true };
        if ((info.Needs & ~phone.Capabilities) is var missing && missing != Capability.None)
            result = result with { Verdict = Verdict.NotApplicable, Reason = $"The phone, or the lab with it, lacks: {missing}." };
        else
            result = RunCase(context, phone, result);

        result = result with
        {
            DurationMilliseconds = watch.Elapsed.TotalMilliseconds,
            Exchanges = result.Verdict == Verdict.NotApplicable ? [] : [.. phone.Exchanges.Select(ExchangeEntry.From)],
        };
        run.Add(info, result);
        SetResult(context.CurrentResult, result);
        return context.CurrentResult;
    }

    private ResultEntry RunCase(TestExecutionContext context, PhoneUnderTest phone, ResultEntry result)
    {
        try
        {
            innerCommand.Execute(context);
        }
        catch (Exception thrown)
        {
            result = Judge(Unwrap(thrown), result);
        }

        try
        {
            phone.RestoreAsync().GetAwaiter().GetResult();
        }
        catch (LabErrorException error)
        {
            result = result with { Verdict = Verdict.LabError, Reason = $"The phone could not be restored: {error.Message}" };
        }

        return result;
    }

    private ResultEntry Judge(Exception thrown, ResultEntry result) => thrown switch
    {
        ConformanceException failure => result with
        {
            Verdict = info.Level switch { Level.Must => Verdict.Fail, Level.Should => Verdict.NonStrict, _ => Verdict.Informational },
            Reason = info.Requirement,
            Expected = failure.Expected,
            Actual = failure.Actual,
            Compatible = info.Level != Level.Must,
        },
        LabErrorException error => result with { Verdict = Verdict.LabError, Reason = error.Message },
        _ => result with { Verdict = Verdict.LabError, Reason = $"The case itself broke: {thrown}" },
    };

    private static Exception Unwrap(Exception thrown)
    {
        while (thrown is NUnitException or System.Reflection.TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && thrown.InnerException is { } cause)
            thrown = cause;
        return thrown;
    }

    /// <summary>For test runners a case that does not apply is fulfilled; the report tells the difference.</summary>
    private static void SetResult(TestResult nunit, ResultEntry result)
    {
        var text = $"{result.Verdict}: {result.Reason}{Environment.NewLine}Expected: {result.Expected}{Environment.NewLine}Actual: {result.Actual}";
        if (result.Verdict is Verdict.Fail or Verdict.UnexpectedPass)
            nunit.SetResult(ResultState.Failure, text);
        else if (result.Verdict == Verdict.LabError)
            nunit.SetResult(ResultState.Error, text);
        else
            nunit.SetResult(ResultState.Success, result.Verdict == Verdict.Pass ? "" : text);
    }
}
