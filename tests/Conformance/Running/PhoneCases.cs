using NUnit.Framework;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance;

/// <summary>Base of all cases that have a phone under test.</summary>
/// <param name="phoneId">The phone's id in the lab file.</param>
[TestFixtureSource(typeof(ConformanceRun), nameof(ConformanceRun.PhoneIds))]
public abstract class PhoneCases(string phoneId) : LabCases
{
    public string PhoneId { get; } = phoneId;

    protected LabSession Session => ConformanceRun.Current.SessionOf(PhoneId);

    protected PhoneUnderTest Phone => Session.Phone(PhoneId);

    /// <summary>Has the phone call, asks it for one action, and ends.</summary>
    /// <returns>Its reply.</returns>
    protected async Task<WireMessage> ReplyToAsync(ServerAction action, params Item[] items)
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(action, items);
        await talk.EndAsync();
        return reply;
    }
}
