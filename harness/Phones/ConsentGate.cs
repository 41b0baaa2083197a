using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Harness.Phones;

/// <summary>Stands before everything that goes to a phone, and stops what its owner does not allow.</summary>
internal sealed class ConsentGate(Consent given)
{
    private static readonly (Consent Consent, string Words)[] Words =
    [
        (Consent.FactoryReset, "set the phone back to factory defaults"), (Consent.Upgrade, "deploy firmware"),
        (Consent.ChangeSettings, "change settings"), (Consent.Reboot, "reboot the phone"),
    ];

    /// <exception cref="NoConsentException">The action needs a consent that was not given.</exception>
    public void Check(ServerAction action, IEnumerable<Item> items) => Check(action switch
    {
        ServerAction.Restart => OfRestart(items),
        ServerAction.WriteItems or ServerAction.FileDeployment => Consent.ChangeSettings,
        ServerAction.SoftwareDeployment => Consent.Upgrade,
        _ => Consent.None,
    });

    /// <exception cref="NoConsentException">The job needs a consent that was not given.</exception>
    public void Check(JobKind kind, IEnumerable<Item> items) => Check(kind switch
    {
        JobKind.Restart => OfRestart(items),
        JobKind.WriteItems or JobKind.FileDeployment or JobKind.SecureMode => Consent.ChangeSettings,
        JobKind.SoftwareDeployment => Consent.Upgrade,
        _ => Consent.None,
    });

    /// <summary>What cannot be foreseen, such as raw bytes or a made-up action, needs every consent but the upgrade.</summary>
    public void CheckUnknown() => Check(Consent.Reboot | Consent.ChangeSettings | Consent.FactoryReset);

    /// <exception cref="NoConsentException">A consent is missing.</exception>
    public void Check(Consent needed)
    {
        if ((needed & ~given) is var missing && missing != Consent.None)
            throw new NoConsentException(Words.First(entry => missing.HasFlag(entry.Consent)).Words);
    }

    /// <summary>WPI guide p.51: two items turn a restart into a factory reset, and a wrong pair is not described.</summary>
    private static Consent OfRestart(IEnumerable<Item> items) =>
        items.Any(item => item.Name.Contains("restart-", StringComparison.OrdinalIgnoreCase)) ? Consent.Reboot | Consent.FactoryReset : Consent.Reboot;
}
