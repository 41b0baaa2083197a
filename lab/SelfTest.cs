using OpenStage.Conformance;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.SelfTest;
using OpenStage.Harness.ServiceSuite.Faults;
using OpenStage.Harness.Sessions;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Lab;

/// <summary>
/// The test of the suite itself: every case on a phone without a quirk, where it must pass, and on a phone of the same
/// model and firmware for each quirk that it names, where it must fail; the same with this project's service and its faults.
/// </summary>
public static class SelfTest
{
    private const string Model = "OpenStage 80";
    private const string Firmware = "V3 R5.12.0";

    /// <summary>Id of the phone without a quirk; no quirk has this name.</summary>
    private const string Plain = "no-quirk";

    /// <summary>Phones of one lab; more would have the test runner look through too many cases for each.</summary>
    private const int PhonesOfLab = 16;

    /// <summary>Most items of a fragment, so that replies with all items take several.</summary>
    private const int FragmentItems = 120;

    /// <param name="select">The cases to look at. Quirks that none of them names are left out unless all are selected.</param>
    /// <param name="progress">Told of the number of results to come, and of each.</param>
    public static KillMatrix Run(
        Func<CaseInfo, bool> select, int seed, Action<int, CaseInfo, ResultEntry>? progress, CancellationToken cancellation)
    {
        var cases = CaseSuite.All.Where(select).ToList();
        var named = cases.SelectMany(info => info.Catches).ToHashSet();
        var quirks = QuirkCatalogue.All.Where(quirk => named.Contains(quirk.Name) || cases.Count == CaseSuite.All.Count).ToList();
        var chosen = cases.Select(info => info.Id).ToHashSet();
        var total = cases.Concat(CaseSuite.Services.Where(select)).Sum(info => 1 + info.Catches.Count);
        var results = new Dictionary<(string Case, string Phone), ResultEntry>();
        var errors = new List<string>();
        var seconds = 0.0;
        // Each phone is a part of its lab: messages without a MAC address count for every phone of a part, so that a phone
        // beside it could kill a case.
        foreach (var phones in quirks.Select(quirk => quirk.Name).Where(named.Contains).Prepend(Plain).Chunk(PhonesOfLab))
        {
            var outcome = SuiteRunner.Run(
                LabOf(phones, seed),
                (info, phone) => chosen.Contains(info.Id) && (phone == Plain || info.Catches.Contains(phone)),
                progress is null ? null : (_, info, result) => progress(total, info, result),
                cancellation, new RunSettings { EndsSilentPhones = false });
            foreach (var result in outcome.Run.Results)
                results[(result.CaseId, result.PhoneId)] = result;
            errors.AddRange(outcome.LabErrors);
            seconds += outcome.Run.Elapsed.TotalSeconds;
            if (cancellation.IsCancellationRequested)
                break;
        }

        var ofServices = CaseSuite.Services.Where(select).ToList();
        var faults = ServiceFaults.All.Where(fault => ofServices.Any(info => info.Catches.Contains(fault.Name)) || ofServices.Count == CaseSuite.Services.Count).ToList();
        if (ofServices.Count > 0 && !cancellation.IsCancellationRequested)
        {
            var outcome = ServerSelfTest.Run(ofServices, seed, progress is null ? null : (_, info, result) => progress(total, info, result), cancellation);
            foreach (var result in outcome.Run.Results)
                results[(result.CaseId, result.PhoneId == ServerSelfTest.NoFault ? Plain : result.PhoneId)] = result;
            errors.AddRange(outcome.LabErrors);
            seconds += outcome.Run.Elapsed.TotalSeconds;
        }

        cases.AddRange(ofServices);
        var tested = cases.Select(info => Tested(info, results.GetValueOrDefault((info.Id, Plain)))).ToList();
        var passing = tested.Where(known => known.WithoutQuirk == Verdict.Pass).Select(known => known.Id).ToHashSet();
        return new KillMatrix
        {
            Model = Model,
            Firmware = Firmware,
            Seed = seed,
            DurationSeconds = Math.Round(seconds, 3),
            Cases = tested,
            Quirks =
            [
                .. quirks.Select(quirk => new TestedQuirk(quirk.Id, quirk.Name, $"The phone {quirk.Summary}.")),
                .. faults.Select(fault => new TestedQuirk($"SF-{Number(fault):000}", fault.Name, fault.Text)),
            ],
            Pairs = [.. cases.SelectMany(info => info.Catches.Select(quirk => Pair(info, quirk, passing.Contains(info.Id), results.GetValueOrDefault((info.Id, quirk)))))],
            LabErrors = results.Count == total ? errors : [.. errors, $"{total - results.Count} of {total} results are missing."],
        };
    }

    private static int Number(ServiceFault fault) => ServiceFaults.All.TakeWhile(other => other != fault).Count() + 1;

    private static LabFile LabOf(IReadOnlyList<string> phones, int seed) => new()
    {
        File = "selftest",
        Title = "Self-test of the suite",
        Seed = seed,
        Phones = [.. phones.Select(phone => new LabPhone
        {
            Id = phone,
            Model = Model,
            Firmware = Firmware,
            Mac = "00:1A:E8:0F:00:01",
            Quirks = phone == Plain ? [] : [phone],
            FragmentItems = FragmentItems,
        })],
    };

    private static TestedCase Tested(CaseInfo info, ResultEntry? result) => new(
        info.Id, info.Title, info.Requirement, result?.Verdict ?? Verdict.Skipped, result is null ? "It was not run." : result.Verdict == Verdict.Pass ? "" : Told(result));

    private static Kill Pair(CaseInfo info, string quirk, bool passes, ResultEntry? result) => new(
        info.Id, quirk, result?.Verdict ?? Verdict.Skipped, passes && result is not null && IsCaught(result), result is null ? "It was not run." : Told(result));

    /// <summary>Cases that say whether verdicts mean anything end in a lab error.</summary>
    private static bool IsCaught(ResultEntry result) => result.Verdict is Verdict.Fail or Verdict.NonStrict or Verdict.Informational
        || (result.Verdict == Verdict.LabError && result.Expected.Length > 0);

    private static string Told(ResultEntry result) => result.Expected.Length > 0 ? $"Expected {result.Expected}, got {result.Actual}." : result.Reason;
}
