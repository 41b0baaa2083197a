using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.ContactMe;

/// <summary>All that decides what is due for one phone.</summary>
/// <param name="Jobs">Jobs that are not over, in order of creation.</param>
/// <param name="Interaction">The phone's last interaction, open or ended, or null.</param>
/// <param name="InFlight">A contact-me to the phone is under way.</param>
/// <param name="Scripted">A script leads the phone.</param>
internal sealed record PhoneSituation(
    DateTimeOffset Now, Device? Device, IReadOnlyList<Job> Jobs, InteractionState? Interaction, bool InFlight, bool Scripted);
