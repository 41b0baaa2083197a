
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator;

/// <summary>What the display of an emulated phone shows, in words.</summary>
internal static class PhoneDisplay
{
    public static IReadOnlyList<string> Lines(Phone phone, PhoneIdentity identity)
    {
        if (!phone.IsOn)
            return [];
        if (phone.IsBooting)
            return [identity.Model.DeviceType, "Starting up"];
        if (phone.PinWanted)
            return ["Secure mode", "Enter the PIN"];
        var number = phone.Value("e164") is { Length: > 0 } own ? own : identity.Mac;
        var doing = phone.InCall ? "Call in progress"
            : phone.InInteraction ? "Talking to the provisioning service"
            : phone.IsLoading ? "Loading a file"
            : phone.SendSolicited ? "Will call the provisioning service"
            : "Ready";
        return phone.MobileUser.Length > 0 ? [number, doing, $"Mobile user {phone.MobileUser}"] : [number, doing];
    }
}
