using NUnit.Framework;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance;

/// <summary>Base of all cases that have a phone under test.</summary>
/// <param name="phoneId">The phone's id in the lab file.</param>
[TestFixtureSource(typeof(ConformanceRun), nameof(ConformanceRun.PhoneIds))]
public abstract class PhoneCases(string phoneId)
{
    public string PhoneId { get; } = phoneId;

    protected static LabSession Session => ConformanceRun.Current.Session;

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

    /// <summary>Fails the case unless the condition holds.</summary>
    protected static void Expect(bool condition, string expected, string actual)
    {
        if (!condition)
            throw new ConformanceException(expected, actual);
    }

    /// <summary>Fails the case unless the texts are the same, case and all.</summary>
    protected static void ExpectText(string expected, string? actual, string what) =>
        Expect(expected == actual, $"{what} '{expected}'", actual is null ? "none" : $"'{actual}'");
}
