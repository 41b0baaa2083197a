using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Control;

/// <summary>What a front panel needs to draw a phone.</summary>
/// <param name="Keys">Programmable keys on the phone itself.</param>
/// <param name="Shifted">True when each key has a second level, 1000 + its number (WPI guide p.120).</param>
/// <param name="MostKeyModules">Key modules that can be plugged in.</param>
internal sealed record ModelView(string DeviceType, int Keys, bool Shifted, int MostKeyModules, PhoneScreen Display)
{
    public static ModelView Of(PhoneModel model) =>
        new(model.DeviceType, model.Keys.Count, model.Keys.Shifted, model.Keys.Modules, model.Display);
}
