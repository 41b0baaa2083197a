using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator;

namespace OpenStage.Harness.Phones;

/// <summary>Actuators of an emulated phone: the buttons of the simulator.</summary>
internal sealed class EmulatedActuators(SimulatedPhone phone) : IActuators
{
    public Capability Capabilities =>
        Capability.Call | Capability.LocalChange | Capability.Restart | Capability.FactoryReset | Capability.Firmware | Capability.Pin;

    public bool CanCyclePower => true;

    public async Task CyclePowerAsync()
    {
        await phone.PowerOffAsync();
        await phone.PowerOnAsync();
    }

    public Task StartCallAsync() => phone.StartCallAsync();

    public Task EndCallAsync() => phone.EndCallAsync();

    public Task ChangeLocallyAsync(IReadOnlyList<Item> items) => phone.ChangeLocallyAsync(items);

    public Task EnterPinAsync(string pin) => phone.EnterPinAsync(pin);

    /// <summary>Emulated phones take a line that says what an image is.</summary>
    public byte[] FirmwareImage(string model, string version) => Encoding.UTF8.GetBytes($"OpenStage firmware; {model}; {version}\n");
}
