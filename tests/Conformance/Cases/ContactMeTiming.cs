using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>Contact-me at the wrong time, as old phones of the field do not take it (WPI guide p.14-15, p.41).</summary>
[Guide("1.4.4.2", Page = 41)]
public sealed class ContactMeTiming(string phoneId) : PhoneCases(phoneId)
{
    [Case("wpi/1.4.4.2/20", Level.Must, "After a contact-me the phone opens an interaction, after the first one since it started too.",
        Needs = Capability.Restart, Catches = ["contact-me-ignored-once"])]
    public async Task The_first_contact_me_after_a_start_makes_the_phone_call()
    {
        await RestartedAsync();
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        ExpectText("solicited", talk.Last.Reason, "ReasonForContact");
    }

    [Case("wpi/1.4.4.2/21", Level.Informational, "A phone outlives two contact-me requests within a second (field: old phones do not).",
        Needs = Capability.Restart, Catches = ["contact-me-kills-web-server"])]
    public async Task A_phone_outlives_two_contact_me_within_a_second()
    {
        // A phone that dies of it has to be switched off and on: nobody's who has not agreed to restarts.
        await RestartedAsync();
        await Phone.ContactGapAsync();
        await Phone.PostContactMeAsync();
        await Phone.PostContactMeAsync();
        Phone.Contacted();
        await Phone.ContactGapAsync();
        var answer = await Phone.PostContactMeAsync();
        Phone.Contacted();
        Expect(answer.Status is not null, "an answer to the next contact-me", answer.Error);
    }

    private async Task RestartedAsync()
    {
        using var talk = await Phone.RestartAsync();
        await talk.EndAsync();
    }
}
