using System.Globalization;
using NUnit.Framework.Internal;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>Runs a case on a phone, again where that tells more, and makes one verdict of it.</summary>
/// <param name="body">The case itself.</param>
internal sealed class CaseTries(ConformanceRun run, LabSession session, CaseInfo info, PhoneUnderTest phone, Action body)
{
    private readonly List<Verdict> verdicts = [];

    /// <summary>The verdict of all tries; a pass after a failure is flaky, never a pass.</summary>
    public ResultEntry Run()
    {
        var result = Try();
        if (IsSilent(result))
        {
            result = Revived(result);
        }
        else
        {
            for (var left = run.Settings.Retries; left > 0 && IsFailure(result.Verdict) && phone.Unusable is null; left--)
                result = Better(result, Try());
        }

        return verdicts.Count > 1 ? result with { Tries = verdicts } : result;
    }

    private ResultEntry Try()
    {
        var result = new ResultEntry { CaseId = info.Id, PhoneId = phone.Entry.Id, Verdict = Verdict.Pass, Compatible = true };
        try
        {
            body();
        }
        catch (Exception thrown)
        {
            result = Judge(info, thrown, result, session.IsInterrupted);
        }

        try
        {
            run.Add(phone.RestoreAsync(info.Id).GetAwaiter().GetResult());
        }
        catch (LabErrorException error)
        {
            result = result with { Verdict = Verdict.LabError, Reason = $"The phone could not be restored: {error.Message}", Advice = error.Advice };
        }

        verdicts.Add(result.Verdict);
        return result;
    }

    /// <summary>Whether the case left a phone that does not call any more, which is only looked at when it went wrong.</summary>
    private bool IsSilent(ResultEntry result) => run.Settings.EndsSilentPhones && !session.IsInterrupted
        && (IsFailure(result.Verdict) || result.Verdict == Verdict.LabError)
        && !phone.AnswersAsync().GetAwaiter().GetResult();

    /// <summary>
    /// A phone that stopped answering may have been unplugged, or the case crashed it. Only the lab's power switch can
    /// tell: what falls silent in the same case again is the phone's own doing.
    /// </summary>
    private ResultEntry Revived(ResultEntry silent)
    {
        if (info.Place != CasePlace.Anywhere || !phone.ReviveAsync().GetAwaiter().GetResult())
        {
            phone.Unusable = $"{phone.Entry.Id} stopped answering in {info.Id}";
            return silent with
            {
                Verdict = Verdict.LabError,
                Compatible = true,
                Reason = $"The phone stopped answering in this case, so nothing more was run on it. {silent.Reason}".Trim(),
                Advice = "See whether the phone is on and connected, then run this case alone. When the phone falls silent again, the case crashes it.",
            };
        }

        var again = Try();
        if (IsFailure(again.Verdict) && !phone.AnswersAsync().GetAwaiter().GetResult())
        {
            if (!phone.ReviveAsync().GetAwaiter().GetResult())
                phone.Unusable = $"{phone.Entry.Id} stopped answering in {info.Id}";
            return again with { Reason = $"{again.Reason} The phone stopped answering in this case twice, and each time its power had to be switched." };
        }

        return Better(silent, again);
    }

    private ResultEntry Better(ResultEntry before, ResultEntry now) => now.Verdict != Verdict.Pass ? now : before with
    {
        Verdict = Verdict.Flaky,
        Reason = string.Create(CultureInfo.InvariantCulture, $"Passed in {verdicts.Count(verdict => verdict == Verdict.Pass)} of {verdicts.Count} tries. {before.Reason}"),
    };

    private static bool IsFailure(Verdict verdict) => verdict is Verdict.Fail or Verdict.NonStrict or Verdict.Informational;

    /// <summary>The verdict on a case that ended with an exception.</summary>
    internal static ResultEntry Judge(CaseInfo info, Exception thrown, ResultEntry result, bool isInterrupted) => Unwrap(thrown) switch
    {
        ConformanceException failure when info.Place != CasePlace.Anywhere => result with
        {
            Verdict = Verdict.LabError,
            Reason = "The lab and the phone do not work together as they must for any verdict to mean something.",
            Expected = failure.Expected,
            Actual = failure.Actual,
            Advice = "'lab doctor' checks what a lab needs. See whether the phone is on, and whether the lab file has its address and MAC.",
        },
        ConformanceException failure => result with
        {
            Verdict = info.Level switch { Level.Must => Verdict.Fail, Level.Should => Verdict.NonStrict, _ => Verdict.Informational },
            Reason = info.Requirement,
            Expected = failure.Expected,
            Actual = failure.Actual,
            Compatible = info.Level != Level.Must,
        },
        NoConsentException refused => result with { Verdict = Verdict.Skipped, Reason = refused.Message },
        OperationCanceledException when isInterrupted => result with { Verdict = Verdict.Skipped, Reason = "not finished: the run was interrupted" },
        LabErrorException error => result with { Verdict = Verdict.LabError, Reason = error.Message, Advice = error.Advice },
        _ => result with
        {
            Verdict = Verdict.LabError,
            Reason = $"The case itself broke: {thrown}",
            Advice = "This is a fault of the suite, not of the phone: give report.json to whoever maintains the suite.",
        },
    };

    private static Exception Unwrap(Exception thrown)
    {
        while (thrown is NUnitException or System.Reflection.TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && thrown.InnerException is { } cause)
            thrown = cause;
        return thrown;
    }
}
