using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>What a service does with a phone in a call (WPI guide p.46, p.72-76).</summary>
[Guide("3.7.3", Page = 74)]
public sealed class ServiceBusyPhones(string serviceId) : ServiceCases(serviceId)
{
    private static readonly Item First = new("sntp-addr", "busy1.example.net");
    private static readonly Item Third = new("sntp-addr", "busy3.example.net");

    [Case("srv/3.7.3/1", Level.Must, "A phone that answers busy is let go with send-solicited, from V3R3 on.", Page = 46,
        ServiceNeeds = ServiceCapability.WriteItems, Catches = ["send-solicited-dropped"])]
    public async Task A_busy_phone_is_asked_to_call_when_it_is_idle()
    {
        await CalledForAsync(Job(ServiceJobKind.WriteItems, First), "WriteItems");
        var end = await BusyAsync();
        ExpectEnd(end);
        Expect(end.WantsCall, "CleanUp with send-solicited true", end.ToString());
        await RegisterAsync(Phone);
    }

    [Case("srv/3.7.3/2", Level.Must, "The service keeps refused jobs and does them later.", ServiceNeeds = ServiceCapability.WriteItems, Catches = ["refused-jobs-lost"])]
    public async Task A_refused_job_is_done_when_the_phone_calls()
    {
        await CalledForAsync(Job(ServiceJobKind.WriteItems, First), "WriteItems");
        await BusyAsync();
        var asked = await AskedAsync(await Phone.SayAsync("solicited"), "WriteItems");
        ExpectText(First.Value, asked.Message.Item(First.Name)?.Text, First.Name);
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3.7.3/3", Level.Must, "After the last waiting job the service asks for no further call.", Page = 75,
        ServiceNeeds = ServiceCapability.WriteItems, Catches = ["send-solicited-always"])]
    public async Task After_the_last_job_no_call_is_asked_for()
    {
        await CalledForAsync(Job(ServiceJobKind.WriteItems, First), "WriteItems");
        await BusyAsync();
        var end = await Phone.FollowAsync(await AskedAsync(await Phone.SayAsync("solicited"), "WriteItems"));
        ExpectEnd(end);
        Expect(!end.WantsCall, "CleanUp without send-solicited", end.ToString());
    }

    [Case("srv/3.7.3/4", Level.Must, "Older firmware is not told send-solicited.", Page = 46, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["send-solicited-always"])]
    public async Task Older_firmware_is_not_told_send_solicited()
    {
        Phone.Firmware = "V2 R2.30.0";
        await CalledForAsync(Job(ServiceJobKind.WriteItems, First), "WriteItems");
        var end = await BusyAsync();
        ExpectEnd(end);
        Expect(!end.WantsCall, "CleanUp without send-solicited", end.ToString());
        await RegisterAsync(Phone);
    }

    [Case("srv/3.7.3.2/1", Level.Must, "Three jobs for a busy phone take the 24 steps.", Page = 75,
        ServiceNeeds = ServiceCapability.WriteItems | ServiceCapability.Contact, Catches = ["send-solicited-dropped", "refused-jobs-lost"])]
    public async Task Three_jobs_for_a_busy_phone_take_the_steps_of_the_guide()
    {
        // Steps 1 to 6: the first job is refused.
        await CalledForAsync(Job(ServiceJobKind.WriteItems, First), "WriteItems");
        Expect(await BusyAsync() is { WantsCall: true }, "step 6: CleanUp with send-solicited", "without");

        // 7 to 10: the second has nothing to write, so it is done in the call.
        await Service.OrderAsync(Job(ServiceJobKind.Contact));
        await Phone.ContactedAsync();
        var tenth = await Phone.SayAsync("solicited");
        if (tenth.Action == "WriteItems")
            tenth = await BusyAsync();
        ExpectEnd(tenth);

        // 11 to 16: the third is refused like the first.
        await Service.OrderAsync(Job(ServiceJobKind.WriteItems, Third));
        await Phone.ContactedAsync();
        await AskedAsync(await Phone.SayAsync("solicited"), "WriteItems");
        Expect(await BusyAsync() is { WantsCall: true }, "step 16: CleanUp with send-solicited", "without");

        // 17 to 24: the phone is idle, and calls as long as it is asked to.
        var written = new List<string>();
        for (var calls = 0; calls < 2; calls++)
        {
            var answer = await AskedAsync(await Phone.SayAsync("solicited"), "WriteItems");
            while (answer.Action == "WriteItems")
            {
                written.Add(answer.Message.Item(First.Name)?.Text ?? "");
                answer = await Phone.ObeyAsync(answer);
            }

            ExpectEnd(answer);
            if (!answer.WantsCall)
                break;
        }

        ExpectText($"{First.Value}, {Third.Value}", string.Join(", ", written.Order(StringComparer.Ordinal)), "written");
    }

    private Task<ServiceAnswer> BusyAsync() => Phone.PostAsync(Phone.Reply("WriteItems") with { Status = "busy", Items = null });
}
