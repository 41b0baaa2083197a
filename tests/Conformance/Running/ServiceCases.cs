using NUnit.Framework;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance;

/// <summary>Base of all cases that have a service under test, which a scripted phone calls.</summary>
/// <param name="serviceId">The service's id in the lab file.</param>
[TestFixtureSource(typeof(ServiceCases), nameof(Fixtures))]
public abstract class ServiceCases(string serviceId) : LabCases
{
    /// <summary>Restarts in a row that jobs of earlier cases may bring.</summary>
    private const int MostRestarts = 3;

    /// <summary>One fixture a service; without any, one that says so.</summary>
    public static IEnumerable<TestFixtureData> Fixtures => ConformanceRun.Current.Lab.Services is { Count: > 0 } services
        ? services.Select(service => new TestFixtureData(service.Id))
        : [(TestFixtureData)new TestFixtureData("none").Ignore("The lab file names no service.")];

    public string ServiceId { get; } = serviceId;

    protected ServiceUnderTest Service => ConformanceRun.Current.SessionOf(ServiceId).Service(ServiceId);

    /// <summary>The phone of this case.</summary>
    protected ScriptedPhone Phone => Service.Phone;

    protected ServiceJob Job(ServiceJobKind kind, params IReadOnlyList<Item> items) => new(Phone.Mac, kind) { Items = items };

    /// <summary>Brings a phone to a known state: known to the service, with nothing left to do.</summary>
    protected static async Task RegisterAsync(ScriptedPhone phone)
    {
        var answer = await phone.FollowAsync(await phone.SayAsync("start-up", isChanged: true));
        for (var restarts = 0; restarts < MostRestarts && !answer.Ends; restarts++)
            answer = await phone.FollowAsync(await phone.SayAsync("start-up", isChanged: true));
        Expect(answer.Ends, "start-up that ends with CleanUp", answer.ToString());
    }

    /// <summary>Registers the phone, has the service create a job, and lets the phone call when it is asked to.</summary>
    /// <returns>The answer with the job's action.</returns>
    protected async Task<ServiceAnswer> CalledForAsync(ServiceJob job, string action)
    {
        await RegisterAsync(Phone);
        return await CalledAsync(job, action);
    }

    /// <summary>Has the service create a job for a registered phone, and lets the phone call when it is asked to.</summary>
    protected async Task<ServiceAnswer> CalledAsync(ServiceJob job, string action)
    {
        await Service.OrderAsync(job);
        await Phone.ContactedAsync();
        return await AskedAsync(await Phone.SayAsync("solicited"), action);
    }

    /// <summary>Obeys until the service asks for an action.</summary>
    protected async Task<ServiceAnswer> AskedAsync(ServiceAnswer answer, string action)
    {
        var asked = await Phone.FollowAsync(answer, one => one.Action == action);
        ExpectAction(action, asked);
        return asked;
    }

    protected static void ExpectAction(string action, ServiceAnswer answer) => Expect(answer.Action == action, action, answer.ToString());

    /// <summary>Fails the case unless the answer ends the interaction with CleanUp.</summary>
    protected static void ExpectEnd(ServiceAnswer answer) => ExpectAction("CleanUp", answer);
}
