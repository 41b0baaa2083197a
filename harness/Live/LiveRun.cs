using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;

namespace OpenStage.Harness.Live;

/// <summary>A run as it goes on, for those who watch; safe from any thread. People are asked by it, and answer to it.</summary>
/// <param name="time">Real time, by which the length of a case is told.</param>
public sealed class LiveRun(TimeProvider time) : IPrompts
{
    private readonly Lock gate = new();
    private readonly List<LiveResult> results = [];
    private readonly List<(LivePrompt Prompt, TaskCompletionSource<string> Answer)> prompts = [];
    private string title = "";
    private IReadOnlyList<LivePhone> phones = [];
    private int total;
    private int asked;
    private readonly List<(CaseInfo Info, string Phone, long Began, Func<string> LastMessage)> running = [];
    private string? reportFolder;

    /// <summary>Folder of the reports; null until the run is over.</summary>
    public string? ReportFolder
    {
        get
        {
            lock (gate)
                return reportFolder;
        }
    }

    /// <param name="planned">Results that the complete run has.</param>
    public void Begin(LabFile lab, int planned)
    {
        ArgumentNullException.ThrowIfNull(lab);
        lock (gate)
            (title, total, phones) = (lab.Title, planned, [.. lab.Phones.Select(phone => new LivePhone(phone.Id, phone.Model)), .. lab.Services.Select(service => new LivePhone(service.Id, service.Title))]);
    }

    /// <param name="lastMessage">Tells the last exchange of the case in a few words.</param>
    public void CaseBegins(CaseInfo info, string phone, Func<string> lastMessage)
    {
        lock (gate)
            running.Add((info, phone, time.GetTimestamp(), lastMessage));
    }

    public void CaseEnds(CaseInfo info, ResultEntry result)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(result);
        lock (gate)
        {
            running.RemoveAll(one => one.Phone == result.PhoneId);
            results.Add(new LiveResult(info.Id, info.Title, info.Section, info.Page, result.PhoneId, result.Verdict, result.Expected, result.Actual, result.Reason));
        }
    }

    /// <summary>The run is over, and its reports are in a folder.</summary>
    public void End(string folder)
    {
        lock (gate)
        {
            running.Clear();
            reportFolder = Path.GetFullPath(folder);
        }
    }

    public async Task<string> AskAsync(string what, CancellationToken cancellation)
    {
        (LivePrompt, TaskCompletionSource<string> Answer) waiting;
        lock (gate)
        {
            waiting = (new LivePrompt(++asked, what), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            prompts.Add(waiting);
        }

        try
        {
            return await waiting.Answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
                prompts.Remove(waiting);
        }
    }

    /// <param name="reason">Empty when it is done; else why it is not.</param>
    /// <returns>False when nobody waits for an answer to this any more.</returns>
    internal bool Answer(int prompt, string reason)
    {
        lock (gate)
            return prompts.Find(waiting => waiting.Prompt.Id == prompt).Answer?.TrySetResult(reason) == true;
    }

    internal LiveState State()
    {
        List<(CaseInfo Info, string Phone, long Began, Func<string> LastMessage)> now;
        lock (gate)
            now = [.. running];
        // Outside of the lock: it reads exchanges, and whoever records them does not wait for watchers.
        var cases = now.Select(one => new LiveCase(one.Info.Id, one.Info.Title, one.Phone, Math.Round(time.GetElapsedTime(one.Began).TotalSeconds, 1), one.LastMessage())).ToList();
        lock (gate)
        {
            return new LiveState(
                title, phones, total, results.Count, results.CountBy(result => result.Verdict).ToDictionary(),
                cases, [.. prompts.Select(waiting => waiting.Prompt)], reportFolder is not null);
        }
    }

    /// <summary>The results from a position on.</summary>
    internal IReadOnlyList<LiveResult> ResultsFrom(int position)
    {
        lock (gate)
            return results[position..];
    }
}
