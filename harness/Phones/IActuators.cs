using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Phones;

/// <summary>What the wire cannot make a phone do: calls, local changes, power.</summary>
public interface IActuators
{
    /// <summary>What these actuators can do.</summary>
    Capability Capabilities { get; }

    Task StartCallAsync();

    Task EndCallAsync();

    Task ChangeLocallyAsync(IReadOnlyList<Item> items);

    /// <summary>An image of this firmware for this model.</summary>
    byte[] FirmwareImage(string model, string version);
}
