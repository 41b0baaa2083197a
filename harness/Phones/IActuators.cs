using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Phones;

/// <summary>What the wire cannot make a phone do: calls, local changes, power.</summary>
public interface IActuators
{
    /// <summary>What these actuators can do.</summary>
    Capability Capabilities { get; }

    /// <summary>True when the lab may switch the phone off and on again.</summary>
    bool CanCyclePower { get; }

    /// <summary>Switches the phone off and on again.</summary>
    Task CyclePowerAsync();

    Task StartCallAsync();

    Task EndCallAsync();

    Task ChangeLocallyAsync(IReadOnlyList<Item> items);

    /// <summary>Enters the PIN that the phone asks for on the way to Secure Mode (WPI guide p.65).</summary>
    Task EnterPinAsync(string pin);

    /// <summary>An image of this firmware for this model.</summary>
    byte[] FirmwareImage(string model, string version);
}
