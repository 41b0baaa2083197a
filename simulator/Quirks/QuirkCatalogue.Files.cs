using System.Globalization;

namespace OpenStage.Simulator.Quirks;

/// <summary>Quirks of files, firmware, polls and Secure Mode.</summary>
public static partial class QuirkCatalogue
{
    private static void FileQuirks()
    {
        Add("deployments-ignored", "loads nothing", "WPI guide p.52", b => b with { IgnoresDeployments = true });
        Add("answers-deployments", "replies to deployments and loads nothing", "WPI guide p.52, p.56", b => b with { AnswersDeployments = true });
        Value("file-status-in-words", "writes success for file-deployment-status", "WPI guide p.54", "file-deployment-status", value => value == "ok" ? "success" : value);
        Value("file-status-always-ok", "reports ok for files that it could not load", "WPI guide p.54", "file-deployment-status", _ => "ok");
        Value("file-name-wrong", "reports another file name", "WPI guide p.54", "file-deployment-name", _ => "file.bin");
        Value("file-type-wrong", "reports every file as MOH", "WPI guide p.54", "file-deployment-type", _ => "MOH");
        Value("file-date-other-form", "writes dates with full stops", "WPI guide p.54", "file-deployment-date", value => value.Replace(':', '.'));
        Value("file-time-without-seconds", "writes times without seconds", "WPI guide p.54", "file-deployment-time", value => value[..value.LastIndexOf(':')]);
        Reply("stored-files-unlisted", "leaves its files out of the whole set", "WPI guide p.245", "ReadAllItems", m => m with { Items = [.. (m.Items ?? []).Where(item => !item.Name.StartsWith("file-deployment-", StringComparison.Ordinal))] });
        Add("files-never-deleted", "says that it deleted a file and keeps it", "WPI guide p.55", b => b with { KeepsFiles = true });
        Add("takes-firmware-in-call", "takes firmware of normal priority in a call", "WPI guide p.56", b => b with { TakesFirmwareInCall = true });
        Add("refuses-firmware-in-call", "takes no firmware in a call, whatever its priority", "WPI guide p.56", b => b with { RefusesFirmwareInCall = true });
        Value("certificate-info-empty", "says nothing of the certificate it was given", "WPI guide p.60", "wbm-server-certificate-info", _ => "");
    }

    private static void PollQuirks()
    {
        Add("poll-without-colons", "writes its MAC address without colons in polls", "WPI guide p.15", b => b with { Polls = b.Polls.Add(WithoutColons) });
        Add("polls-once", "polls once and never again", "WPI guide p.24", b => b with { PollsOnce = true });
        Add("calls-after-every-poll", "calls whatever a poll is answered", "WPI guide p.24", b => b with { CallsAfterEveryPoll = true });
        Add("poll-answer-ignored", "does not call when a poll says that something waits", "wiki", b => b with { IgnoresPollAnswers = true });
    }

    private static void SecureModeQuirks()
    {
        Add("stays-in-default-mode", "accepts Secure Mode and does not change", "WPI guide p.64", b => b with { StaysInDefaultMode = true });
        Add("calls-default-port", "calls the default port in Secure Mode", "WPI guide p.64", b => b with { CallsDefaultPort = true });
        Add("shows-no-certificate", "shows no certificate in Secure Mode", "WPI guide p.64", b => b with { ShowsNoCertificate = true });
        Add("knows-no-pin", "does not know Secure Mode with PIN", "WPI guide p.67", b => b with { KnowsNoPin = true });
    }

    private static Uri WithoutColons(Uri address)
    {
        var text = address.ToString();
        var mac = text.LastIndexOf('=') + 1;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{text[..mac]}{text[mac..].Replace(":", "", StringComparison.Ordinal)}"));
    }
}
