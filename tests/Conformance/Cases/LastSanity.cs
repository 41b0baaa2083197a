using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>The look at a phone after all other cases.</summary>
[Guide("1.4.4.2", Page = 14)]
public sealed class LastSanity(string phoneId) : SanityCases(phoneId)
{
    [Case("sanity/last", Level.Must, Requirement, Place = CasePlace.Last, Catches = ["contact-me-ignored"])]
    public Task After_all_others_the_phone_calls_and_is_the_one_that_is_meant() => CallsAndIsTheOneThatIsMeantAsync();
}
