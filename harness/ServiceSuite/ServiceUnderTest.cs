using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Recording;
using OpenStage.Harness.Reports;
using OpenStage.Harness.ServiceSuite.Hooks;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>A service as cases of the server suite see it: an address, phones to call it, and a way to have it create jobs.</summary>
public sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly ExchangeRecorder recorder = new(static () => { });
    private readonly List<ScriptedPhone> phones = [];
    private readonly IJobHook? hook;
    private readonly long began;
    private long sequence;
    private int caseStart;
    private int turn = -1;

    /// <param name="lab">The lab that the service belongs to.</param>
    internal ServiceUnderTest(LabFile lab, LabService entry, TimeProvider time, IPrompts people)
    {
        Entry = entry;
        Clock = time;
        began = time.GetTimestamp();
        Patience = lab.Patience;
        Capabilities = entry.Capabilities | (entry.Macs.Count > 1 ? ServiceCapability.TwoPhones : 0);
        try
        {
            hook = Hook(entry.Hook, lab.File, time, people);
            foreach (var mac in entry.Macs)
                phones.Add(new ScriptedPhone(this, mac));
        }
        catch (LabErrorException missing)
        {
            Unusable = missing.Message;
        }
        catch (SocketException wrong)
        {
            Unusable = $"The scripted phone cannot listen for contact-me at {entry.PhoneAddress}: {wrong.Message}. Allowed for phoneAddress is an address of this machine.";
        }
    }

    public LabService Entry { get; }

    /// <summary>How long the service may take for what it has to do.</summary>
    public TimeSpan Patience { get; }

    public ServiceCapability Capabilities { get; }

    /// <summary>Why no case can be run on the service; null when one can.</summary>
    public string? Unusable { get; private set; }

    /// <summary>The phone of the present case.</summary>
    public ScriptedPhone Phone => phones[turn % phones.Count];

    /// <summary>Another phone for the present case; needs <see cref="ServiceCapability.TwoPhones"/>.</summary>
    public ScriptedPhone Other => phones[(turn + 1) % phones.Count];

    /// <summary>Everything on the wire since the present case began, raw.</summary>
    public IReadOnlyList<HttpExchange> Exchanges => recorder.From(caseStart);

    internal TimeProvider Clock { get; }

    /// <summary>Listens for contact-me, and sees whether the service can be reached at all.</summary>
    public static async Task<ServiceUnderTest> StartAsync(LabFile lab, LabService entry, TimeProvider time, IPrompts people)
    {
        var service = new ServiceUnderTest(lab, entry, time, people);
        if (service.Unusable is not null)
            return service;
        using var limit = new CancellationTokenSource(lab.Patience, time);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(entry.Url.DnsSafeHost, entry.Url.Port, limit.Token);
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException)
        {
            service.Unusable = $"The service {entry.Id} cannot be reached at {entry.Url.Authority}: {broken.Message}";
        }

        return service;
    }

    /// <summary>Everything on the wire from here on belongs to the next case, which takes the next phone.</summary>
    public async Task BeginCaseAsync()
    {
        caseStart = recorder.Count;
        if (phones.Count == 0)
            return;
        turn++;
        await Phone.ResetAsync();
        await Other.ResetAsync();
    }

    /// <summary>Has the service create a job.</summary>
    /// <exception cref="LabErrorException">The hook failed, or there is none.</exception>
    public Task OrderAsync(ServiceJob job) =>
        hook?.CreateAsync(job) ?? throw new LabErrorException($"{job.Kind}: the lab file gives the service {Entry.Id} no hook to create jobs.");

    /// <summary>Polls for a phone (WPI guide p.15); needs <see cref="ServiceCapability.Polling"/>.</summary>
    /// <param name="url">What the phone was told to poll.</param>
    /// <returns>The status of the answer.</returns>
    public async Task<int> PollAsync(string mac, Uri url)
    {
        var target = new Uri($"{url.AbsoluteUri}contact-me?device-id={mac}");
        using var limit = new CancellationTokenSource(Patience, Clock);
        using var client = new TcpClient();
        var request = new RawMessage($"GET {target.PathAndQuery} HTTP/1.1", [new("Host", target.Authority), new("Connection", "close")], []);
        var exchange = Begin(ExchangeKind.Poll, mac, request, target.Authority);
        try
        {
            await client.ConnectAsync(target.DnsSafeHost, target.Port, limit.Token);
            await client.GetStream().WriteAsync(HttpSide.Write(request), limit.Token);
            var raw = await HttpSide.ReadAnswerAsync(client.GetStream(), limit.Token);
            End(exchange, raw, raw is null ? "the connection was closed" : "");
            return raw is null ? throw new ConformanceException("an answer to the poll", "none") : new ServiceAnswer(raw, 0).Status;
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            End(exchange, null, broken.Message);
            throw new ConformanceException($"an answer to the poll within {Patience.TotalSeconds:0} s", $"none: {broken.Message}");
        }
    }

    /// <summary>The report's entry for a service.</summary>
    public PhoneEntry Describe() => new()
    {
        Id = Entry.Id,
        Mac = "",
        Model = Entry.Title,
        Firmware = Entry.Software,
        Address = Entry.Url.Authority,
        Kind = "service",
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in phones)
            await phone.DisposeAsync();
    }

    /// <summary>True when the service shows the certificate that the lab file asks for.</summary>
    internal bool Trusts(X509Certificate? certificate) => Entry.CertificateSha256 is not { } expected
        || certificate?.GetCertHashString(HashAlgorithmName.SHA256) == expected;

    internal HttpExchange Begin(ExchangeKind kind, string mac, RawMessage request, string server) => new()
    {
        Sequence = Interlocked.Increment(ref sequence),
        Kind = kind,
        Mac = mac,
        Offset = Clock.GetElapsedTime(began),
        Server = server,
        Method = request.Word(0),
        Target = request.Word(1),
        RequestHeaders = request.Headers,
        RequestBody = request.Body,
    };

    internal void End(HttpExchange exchange, RawMessage? answer, string error) => recorder.Add(exchange with
    {
        Duration = Clock.GetElapsedTime(began) - exchange.Offset,
        Status = answer is not null && int.TryParse(answer.Word(1), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null,
        ResponseHeaders = answer?.Headers ?? [],
        ResponseBody = answer?.Body ?? [],
        Error = answer is null ? error : "",
    });

    private static IJobHook? Hook(LabHook entry, string labFile, TimeProvider time, IPrompts people) => entry.Kind switch
    {
        HookKind.Rest => new RestHook(entry, HookToken.Read(entry, labFile), time),
        HookKind.OpenStageAdmin => new AdminHook(entry, HookToken.Read(entry, labFile), time),
        HookKind.Command => new CommandHook(entry, time),
        HookKind.Prompt => new PromptHook(entry, time, people),
        _ => null,
    };
}
