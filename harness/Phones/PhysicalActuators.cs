using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Phones;

/// <summary>Actuators of a physical phone, as its lab file has them.</summary>
internal sealed class PhysicalActuators(LabPhone phone, TimeProvider time, IPrompts prompts) : IActuators
{
    private readonly IActuator? power = Actuator(phone.Actuators.Power, time, prompts);
    private readonly IActuator? call = Actuator(phone.Actuators.Call, time, prompts);
    private readonly IActuator? change = Actuator(phone.Actuators.LocalChange, time, prompts);
    private bool isInCall;

    public Capability Capabilities =>
        (call is null ? 0 : Capability.Call)
        | (change is null || !phone.Consent.HasFlag(Consent.ChangeSettings) ? 0 : Capability.LocalChange)
        | Capability.Restart | Capability.FactoryReset | phone.Capabilities;

    /// <summary>True when the lab can switch the phone off and on again and its owner allows it.</summary>
    public bool CanCyclePower => power is not null && phone.Consent.HasFlag(Consent.Reboot);

    public async Task CyclePowerAsync()
    {
        await power!.SetAsync(false, $"switch the power of {phone.Id} off");
        await power.SetAsync(true, $"switch the power of {phone.Id} on");
    }

    public async Task StartCallAsync()
    {
        isInCall = true;
        await call!.SetAsync(true, $"put {phone.Id} into a call");
    }

    /// <summary>Ends the call that was started here; without one there is nothing to do.</summary>
    public async Task EndCallAsync()
    {
        if (!isInCall)
            return;
        isInCall = false;
        await call!.SetAsync(false, $"end the call of {phone.Id}");
    }

    public Task ChangeLocallyAsync(IReadOnlyList<Item> items)
    {
        var settings = items.Select(item => $"{item.Name} to '{(SecretItems.IsSecret(item.Name) ? "(the case's secret value)" : item.Value)}'");
        return change!.SetAsync(true, $"set at {phone.Id} {string.Join(", ", settings)}");
    }

    /// <summary>Never called, as <see cref="Capability.Pin"/> is not among the capabilities.</summary>
    public Task EnterPinAsync(string pin) =>
        throw new LabErrorException($"The lab has nobody to enter a PIN at {phone.Id}.");

    /// <summary>Never called, as <see cref="Capability.Firmware"/> is not among the capabilities: a lab file names no images.</summary>
    public byte[] FirmwareImage(string model, string version) =>
        throw new LabErrorException($"The lab has no firmware {version} for {phone.Id}.");

    private static IActuator? Actuator(LabActuator? entry, TimeProvider time, IPrompts prompts) => entry?.Kind switch
    {
        null => null,
        ActuatorKind.Command => new CommandActuator(entry, time),
        ActuatorKind.Rest => new RestActuator(entry, time),
        _ => new PromptActuator(entry, time, prompts),
    };
}
