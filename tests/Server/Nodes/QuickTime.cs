namespace OpenStage.Server.Tests.Nodes;

/// <summary>A clock on which phones boot, pause and try again so many times as fast.</summary>
internal sealed class QuickTime(int speed) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Quick(dueTime), Quick(period));

    private TimeSpan Quick(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / speed;
}
