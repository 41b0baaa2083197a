using OpenStage.Protocol.Messages;
using OpenStage.Simulator;

namespace OpenStage.Harness.Phones;

/// <summary>Actuators of an emulated phone: the buttons of the simulator.</summary>
internal sealed class EmulatedActuators(SimulatedPhone phone) : IActuators
{
    public Capability Capabilities =>
        Capability.Call | Capability.LocalChange | Capability.Restart | Capability.FactoryReset;

    public Task StartCallAsync() => phone.StartCallAsync();

    public Task EndCallAsync() => phone.EndCallAsync();

    public Task ChangeLocallyAsync(IReadOnlyList<Item> items) => phone.ChangeLocallyAsync(items);
}
