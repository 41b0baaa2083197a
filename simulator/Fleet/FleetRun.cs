using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Fleet;

/// <summary>The phones of a shard, from the first power-on to the last answer.</summary>
internal sealed class FleetRun : IAsyncDisposable
{
    private const string BootNote = "the 20 s that a phone takes to boot are in it";

    private readonly FleetPlan plan;
    private readonly FleetShard shard;
    private readonly TimeProvider time;
    private readonly List<FleetMember> members = [];
    private readonly List<FleetAnswer> answers = [];
    private readonly SemaphoreSlim places;
    private readonly PhoneSurroundings surroundings;

    /// <param name="surroundings">What the phones have around them; the places for handshakes are the run's own.</param>
    public FleetRun(FleetPlan plan, FleetShard shard, PhoneSurroundings surroundings)
    {
        this.plan = plan;
        this.shard = shard;
        time = surroundings.Time;
        places = new SemaphoreSlim(plan.Handshakes);
        this.surroundings = surroundings with { Places = places };
    }

    public FleetMeter Meter { get; } = new();

    public IReadOnlyList<FleetMember> Members => members;

    /// <summary>What is known so far.</summary>
    public IReadOnlyList<FleetAnswer> Answers
    {
        get
        {
            lock (answers)
                return [.. answers];
        }
    }

    /// <summary>Makes the phones; none has power yet.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message names key, value and what is allowed.</exception>
    /// <exception cref="IOException">A contact-me port is in use.</exception>
    public void Create(CancellationToken cancellation)
    {
        foreach (var (number, options) in shard.Phones(plan.Count).Zip(plan.Phones(shard)))
        {
            cancellation.ThrowIfCancellationRequested();
            members.Add(new FleetMember(number, options, surroundings, Meter));
        }
    }

    /// <summary>Has the phones come as the plan says, and answers how long it took.</summary>
    public async Task ComeAsync(CancellationToken cancellation)
    {
        var up = await ComeUpAsync(cancellation);
        if (plan.Arrival.Kind is ArrivalKind.Blackout or ArrivalKind.RollingRestart)
            Add(up with { Question = FleetQuestion.UpAtFirst });
        Add(plan.Arrival.Kind switch
        {
            ArrivalKind.Blackout when up.IsGood => await BlackoutAsync(cancellation),
            ArrivalKind.RollingRestart when up.IsGood => await RollAsync(cancellation),
            ArrivalKind.Blackout or ArrivalKind.RollingRestart => up with { Note = "not all phones came up at first, so that nothing was restarted" },
            _ => up,
        });
    }

    /// <summary>Asks what only the administration of the service can be asked.</summary>
    /// <param name="admin">Null when there is none.</param>
    /// <exception cref="HttpRequestException">The administration does not answer as it should.</exception>
    public async Task AskAsync(FleetAdmin? admin, CancellationToken cancellation)
    {
        if (admin is null || shard.Number > 1)
        {
            var note = admin is null ? "not asked: --admin was not given" : "asked by the machine with shard 1";
            foreach (var question in Enum.GetValues<FleetQuestion>().Where(question => question is not (FleetQuestion.UpAtFirst or FleetQuestion.SteadyAfterBoot)))
                Add(new FleetAnswer { Question = question, Asked = false, Note = note });
            return;
        }

        Add(await CampaignAsync(admin, FleetQuestion.ApplyToAll, plan.Setting, informs: false, cancellation));
        Add(await CampaignAsync(admin, FleetQuestion.ReadFromAll, null, informs: false, cancellation));
        Add(await CampaignAsync(admin, FleetQuestion.ApplyWhileInforming, plan.Setting, informs: true, cancellation));
        Add(await CampaignAsync(admin, FleetQuestion.ReadWhileInforming, null, informs: true, cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
            await member.Phone.DisposeAsync();
        places.Dispose();
    }

    private async Task<FleetAnswer> ComeUpAsync(CancellationToken cancellation)
    {
        var round = Begin(members);
        var begun = time.GetUtcNow();
        var timers = new List<ITimer>();
        foreach (var member in members)
            SwitchOn(member, plan.Arrival.Comes(member.Number), timers);
        var last = members.Count > 0 ? plan.Arrival.Comes(members[^1].Number) : TimeSpan.Zero;
        return await AnswerAsync(FleetQuestion.SteadyAfterBoot, begun, round, members.Count, last, timers, cancellation);
    }

    private async Task<FleetAnswer> BlackoutAsync(CancellationToken cancellation)
    {
        foreach (var member in members)
            member.Phone.Begin(new PhoneEvent.PowerOff());
        await Task.Delay(TimeSpan.FromSeconds(plan.Arrival.OffSeconds), time, cancellation);
        var round = Begin(members);
        var begun = time.GetUtcNow();
        var timers = new List<ITimer>();
        foreach (var member in members)
            SwitchOn(member, plan.Arrival.ComesBack(plan.Seed, member.Number), timers);
        return await AnswerAsync(FleetQuestion.SteadyAfterBoot, begun, round, members.Count, TimeSpan.FromSeconds(plan.Arrival.JitterSeconds), timers, cancellation);
    }

    private async Task<FleetAnswer> RollAsync(CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        var done = 0;
        foreach (var group in members.Chunk(plan.Arrival.AtOnce))
        {
            var round = Begin(group);
            foreach (var member in group)
                member.Phone.Begin(new PhoneEvent.Restart());
            var isGood = await round.WaitAsync(Patience, time, cancellation);
            done += round.Done;
            // A service that loses phones is not given more of them.
            if (!isGood)
                break;
        }

        return new FleetAnswer
        {
            Question = FleetQuestion.SteadyAfterBoot,
            Asked = true,
            Begun = begun,
            Seconds = (time.GetUtcNow() - begun).TotalSeconds,
            Phones = members.Count,
            Done = done,
            Note = BootNote + ", once a group",
        };
    }

    private async Task<FleetAnswer> CampaignAsync(FleetAdmin admin, FleetQuestion question, FleetSetting? setting, bool informs, CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        if (informs)
        {
            foreach (var member in members)
                member.Phone.Begin(new PhoneEvent.LocalChange([new Item(plan.LocalChange.Item, plan.LocalChange.Value)]));
        }

        var campaign = await admin.StartAsync(FleetAnswer.Words(question), setting, plan.Addresses.Mac(0), plan.Addresses.Mac(plan.Count - 1), cancellation);
        var counts = await admin.WaitAsync(campaign, Patience, cancellation);
        return new FleetAnswer
        {
            Question = question,
            Asked = true,
            Begun = begun,
            Seconds = (time.GetUtcNow() - begun).TotalSeconds,
            Phones = plan.Count,
            Done = counts.Succeeded,
            Note = counts.Total == plan.Count ? "" : $"the service knows {counts.Total} of the phones",
        };
    }

    private async Task<FleetAnswer> AnswerAsync(FleetQuestion question, DateTimeOffset begun, FleetRound round, int phones, TimeSpan last, List<ITimer> timers, CancellationToken cancellation)
    {
        try
        {
            await round.WaitAsync(last + Patience, time, cancellation);
        }
        finally
        {
            foreach (var timer in timers)
                await timer.DisposeAsync();
        }

        return new FleetAnswer
        {
            Question = question,
            Asked = true,
            Begun = begun,
            Seconds = (time.GetUtcNow() - begun).TotalSeconds,
            Phones = phones,
            Done = round.Done,
            Note = BootNote,
        };
    }

    private TimeSpan Patience => TimeSpan.FromSeconds(plan.PatienceSeconds);

    private static FleetRound Begin(IReadOnlyList<FleetMember> members)
    {
        var round = new FleetRound(members.Count);
        foreach (var member in members)
            member.Join(round);
        return round;
    }

    private void SwitchOn(FleetMember member, TimeSpan after, List<ITimer> timers)
    {
        if (after > TimeSpan.Zero)
            timers.Add(time.CreateTimer(static state => ((FleetMember)state!).Phone.Begin(new PhoneEvent.PowerOn()), member, after, Timeout.InfiniteTimeSpan));
        else
            member.Phone.Begin(new PhoneEvent.PowerOn());
    }

    private void Add(FleetAnswer answer)
    {
        lock (answers)
            answers.Add(answer);
    }
}
