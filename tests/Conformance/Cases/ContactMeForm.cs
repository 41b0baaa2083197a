using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>A contact-me that makes the phone call the lab's server.</summary>
/// <param name="Form">Its parameters; HOST and PORT stand for those of the server.</param>
public sealed record ContactMeForm(string Id, Level Level, int Page, string Title, string Requirement, string Quirk, string Form, string ContentType = ContactMeForm.Usual)
    : TableCase(Id, Level, Page, Title, Requirement, Quirk)
{
    /// <summary>The content type of the guide's example (p.15).</summary>
    public const string Usual = "application/x-www-form-urlencoded; charset=utf-8";
}
