using OpenStage.Server.ContactMe;

namespace OpenStage.Server.Tests;

/// <summary>For tests in which no phone is contacted.</summary>
internal sealed class NobodyWatches : IPhoneWatch
{
    public void Changed(string mac)
    {
    }

    public void Seen(PhoneSituation situation)
    {
    }
}
