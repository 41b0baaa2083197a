using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Harness.Tests.Phones;

[TestFixture]
public sealed class ConsentGateTests
{
    private static readonly Item[] FactoryReset = [new("restart-password", "124816"), new("restart-type", "FactoryReset")];

    [TestCase(ServerAction.Restart, Consent.Reboot, "reboot the phone")]
    [TestCase(ServerAction.WriteItems, Consent.ChangeSettings, "change settings")]
    [TestCase(ServerAction.FileDeployment, Consent.ChangeSettings, "change settings")]
    [TestCase(ServerAction.SoftwareDeployment, Consent.Upgrade, "deploy firmware")]
    public void An_action_needs_its_consent_and_no_other(ServerAction action, Consent needed, string words)
    {
        Assert.That(() => new ConsentGate(needed).Check(action, []), Throws.Nothing);
        Assert.That(() => new ConsentGate(Consent.All & ~needed).Check(action, []), Throws.TypeOf<NoConsentException>().With.Message.EqualTo($"not run: no consent to {words}"));
    }

    [TestCase(JobKind.Restart, Consent.Reboot)]
    [TestCase(JobKind.WriteItems, Consent.ChangeSettings)]
    [TestCase(JobKind.FileDeployment, Consent.ChangeSettings)]
    [TestCase(JobKind.SecureMode, Consent.ChangeSettings)]
    [TestCase(JobKind.SoftwareDeployment, Consent.Upgrade)]
    public void A_job_needs_the_consent_of_what_it_sends(JobKind kind, Consent needed)
    {
        Assert.That(() => new ConsentGate(needed).Check(kind, []), Throws.Nothing);
        Assert.That(() => new ConsentGate(Consent.All & ~needed).Check(kind, []), Throws.TypeOf<NoConsentException>());
    }

    [Test]
    public void A_factory_reset_needs_more_than_the_consent_to_reboot()
    {
        var gate = new ConsentGate(Consent.Reboot);
        Assert.That(() => gate.Check(ServerAction.Restart, FactoryReset), Throws.TypeOf<NoConsentException>().With.Message.Contains("factory defaults"));
        Assert.That(() => gate.Check(JobKind.Restart, FactoryReset), Throws.TypeOf<NoConsentException>());
    }

    [TestCase(ServerAction.ReadItems)]
    [TestCase(ServerAction.ReadAllItems)]
    [TestCase(ServerAction.GetNextFragment)]
    [TestCase(ServerAction.CleanUp)]
    public void Reading_needs_no_consent(ServerAction action) =>
        Assert.That(() => new ConsentGate(Consent.None).Check(action, []), Throws.Nothing);

    [Test]
    public void Bytes_that_cannot_be_foreseen_need_every_consent_that_a_message_can() =>
        Assert.That(() => new ConsentGate(Consent.Reboot | Consent.ChangeSettings).CheckUnknown(), Throws.TypeOf<NoConsentException>());
}
