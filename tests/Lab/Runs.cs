using OpenStage.Conformance;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Sessions;

namespace OpenStage.Lab.Tests;

/// <summary>Runs of the suite inside a test.</summary>
internal static class Runs
{
    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    public static SuiteOutcome Apart(LabFile lab, Func<CaseInfo, string, bool> select, RunSettings? settings = null)
    {
        SuiteOutcome? outcome = null;
        Exception? broken = null;
        using (ExecutionContext.SuppressFlow())
        {
            var thread = new Thread(Run);
            thread.Start();
            thread.Join();
        }

        return broken is null ? outcome! : throw new InvalidOperationException("The inner run broke.", broken);

        void Run()
        {
            try
            {
                outcome = SuiteRunner.Run(lab, select, null, CancellationToken.None, settings);
            }
            catch (Exception thrown)
            {
                broken = thrown;
            }
        }
    }

    /// <summary>A lab of one emulated phone.</summary>
    public static LabFile Lab(params string[] quirks) => new()
    {
        File = "lab.json",
        Phones = [new LabPhone { Id = "p", Model = "OpenStage 80", Firmware = "V3 R5.12.0", Mac = "00:1A:E8:0E:00:01", Quirks = quirks, FragmentItems = 120 }],
    };
}
