using System.Collections.Concurrent;
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
    /// <summary>
    /// Runs the cases that a predicate of case and phone selects: the parts of the lab side by side, in each one phone
    /// after the other, the cases of a phone in an order that the seed makes.
    /// </summary>
    /// <param name="progress">Told of the number of cases to run, and of each result, one at a time.</param>
    public static SuiteOutcome Run(
        LabFile lab, Func<CaseInfo, string, bool> select, Action<int, CaseInfo, ResultEntry>? progress, CancellationToken cancellation, RunSettings? settings = null)
    {
        var run = new ConformanceRun(lab, settings);
        ConformanceRun.Current = run;
        var runner = Load(lab);
        var total = run.Planned = runner.CountTestCases(new Selection(select));
        if (progress is not null)
            run.Finished += (info, result) => progress(total, info, result);
        if (total == 0)
            return new SuiteOutcome(run, true, []);

        var errors = new ConcurrentDictionary<LabFile, IReadOnlyList<string>>();
        var waiting = new ConcurrentQueue<LabFile>(run.Parts);
        // Test runners take the console for themselves and give it back to whoever had it then.
        var (output, error) = (Console.Out, Console.Error);
        run.Begin();
        try
        {
            using var stop = cancellation.Register(run.Interrupt);
            Task.WaitAll([.. Enumerable.Range(0, Lanes(run.Parts.Count, Environment.ProcessorCount)).Select(lane => Task.Factory.StartNew(() => Lane(lane == 0 ? runner : Load(lab)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))], CancellationToken.None);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        return new SuiteOutcome(run, !cancellation.IsCancellationRequested && run.Results.Count == total, [.. run.Parts.SelectMany(part => errors.GetValueOrDefault(part, []))]);

        // To find all cases takes as long as to run some: a lane does it once for all its parts.
        void Lane(NUnitTestAssemblyRunner own)
        {
            while (!cancellation.IsCancellationRequested && waiting.TryDequeue(out var part))
                errors[part] = RunPart(run, part, own, select, cancellation);
        }
    }

    /// <summary>
    /// How many parts run at a time: two a processor, as phone, server and case often wait for each other, and one for a
    /// service, which mostly waits.
    /// </summary>
    internal static int Lanes(int parts, int processors) => Math.Min(parts, (2 * processors) + 1);

    /// <returns>What kept the part from running.</returns>
    private static List<string> RunPart(ConformanceRun run, LabFile part, NUnitTestAssemblyRunner runner, Func<CaseInfo, string, bool> select, CancellationToken cancellation)
    {
        string[] subjects = [.. ConformanceRun.Subjects(part).Where(subject => runner.CountTestCases(new Selection((info, id) => id == subject && select(info, id))) > 0)];
        if (subjects.Length == 0)
            return [];
        var errors = new List<string>();
        LabSession? session = null;
        try
        {
            session = run.StartAsync(part).GetAwaiter().GetResult();
            foreach (var subject in subjects.TakeWhile(_ => !cancellation.IsCancellationRequested))
                runner.Run(new Listener(errors), new Selection((info, id) => id == subject && select(info, id)));
            errors.AddRange(session.Problems);
        }
        catch (LabErrorException broken)
        {
            errors.Add(broken.Message);
        }
        finally
        {
            if (session is not null)
                run.StopAsync(session).GetAwaiter().GetResult();
        }

        return errors;
    }

    private static NUnitTestAssemblyRunner Load(LabFile lab)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        CaseOrder.Shuffle((Test)runner.Load(typeof(ConformanceRun).Assembly, new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0, ["RandomSeed"] = lab.Seed }), lab.Seed);
        return runner;
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
            // Cases of phones in a lab of services, and the other way round, have nothing to run on.
            return fixture.RunState == RunState.Runnable && select(info, (string)fixture.Arguments[0]!);
        }

        public override bool Pass(ITest test, bool negated) => test.IsSuite ? test.Tests.Any(child => Pass(child, negated)) : Match(test);

        public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("selection");
    }

    /// <summary>Takes what goes wrong outside of cases.</summary>
    private sealed class Listener(List<string> errors) : ITestListener
    {
        public void TestStarted(ITest test)
        {
        }

        public void TestFinished(ITestResult result)
        {
            if (result.Test.IsSuite && result.ResultState.Site == FailureSite.SetUp && result.ResultState.Status == TestStatus.Failed)
                errors.Add(result.Message ?? $"{result.Test.Name} could not be set up.");
        }

        public void TestOutput(TestOutput output)
        {
        }

        public void SendMessage(TestMessage message)
        {
        }
    }
}
