using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using OpenStage.Conformance;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Lab;

/// <summary>Drives the conformance assembly through NUnit's own assembly runner.</summary>
public static class SuiteRunner
{
    /// <summary>Runs the cases that a predicate of case and phone selects.</summary>
    /// <param name="progress">Told of the number of cases to run, and of each result.</param>
    public static SuiteOutcome Run(
        LabFile lab, Func<CaseInfo, string, bool> select, Action<int, CaseInfo, ResultEntry>? progress, CancellationToken cancellation)
    {
        var run = new ConformanceRun(lab);
        ConformanceRun.Current = run;
        var filter = new Selection(select);
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        runner.Load(typeof(ConformanceRun).Assembly, new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0, ["RandomSeed"] = lab.Seed });
        var total = runner.CountTestCases(filter);
        if (progress is not null)
            run.Finished += (info, result) => progress(total, info, result);
        if (total == 0)
            return new SuiteOutcome(run, true, []);

        using var stop = cancellation.Register(() => runner.StopRun());
        var errors = new List<string>();
        var result = runner.Run(new Listener(errors), filter);
        if (result.ResultState.Status == TestStatus.Failed && run.Results.Count == 0 && errors.Count == 0)
            errors.Add(result.Message ?? "The suite could not be run.");
        return new SuiteOutcome(run, !cancellation.IsCancellationRequested && run.Results.Count == total, errors);
    }

    /// <summary>NUnit's filters cannot call code of ours from text; this one can.</summary>
    private sealed class Selection(Func<CaseInfo, string, bool> select) : TestFilter
    {
        public override bool Match(ITest test)
        {
            if (test is not TestMethod || CaseSuite.Of(test) is not { } info)
                return false;
            var fixture = test.Parent;
            while (fixture is not TestFixture)
                fixture = fixture!.Parent;
            return select(info, (string)fixture.Arguments[0]!);
        }

        public override bool Pass(ITest test, bool negated) => test.IsSuite ? test.Tests.Any(child => Pass(child, negated)) : Match(test);

        public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("selection");
    }

    /// <summary>Takes what goes wrong outside of cases: a lab that does not start.</summary>
    private sealed class Listener(List<string> errors) : ITestListener
    {
        public void TestStarted(ITest test)
        {
        }

        public void TestFinished(ITestResult result)
        {
            if (result.Test.IsSuite && result.ResultState.Site == FailureSite.SetUp && result.ResultState.Status == TestStatus.Failed)
                errors.Add(Cause(result.Message ?? "The lab could not be started."));
        }

        public void TestOutput(TestOutput output)
        {
        }

        public void SendMessage(TestMessage message)
        {
        }

        private static string Cause(string message)
        {
            var name = typeof(LabErrorException).FullName! + " : ";
            var at = message.IndexOf(name, StringComparison.Ordinal);
            return at < 0 ? message : message[(at + name.Length)..].Split('\n')[0].Trim();
        }
    }
}
