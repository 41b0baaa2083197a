using System.Text;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone does with answers that are no messages (WPI guide p.13).</summary>
[Guide("1.4.3", Page = 13)]
public sealed class ProtocolErrors(string phoneId) : PhoneCases(phoneId)
{
    private const string Whole = "<DLSMessage><Message nonce=\"1\"><Action>ReadAllItems</Action></Message></DLSMessage>";

    public static IReadOnlyList<BrokenXml> Answers =>
    [
        new("wpi/1.4.3/3", Level.Must, "An answer that breaks off is answered with clean-up", "<DLSMessage><Message nonce=\"1\"><Action>ReadAll"),
        new("wpi/1.4.3/4", Level.Must, "An answer with two roots is answered with clean-up", Whole + Whole),
        new("wpi/1.4.3/5", Level.Must, "An answer with a lone ampersand is answered with clean-up", Whole.Replace("ReadAllItems", "Read & write", StringComparison.Ordinal)),
        new("wpi/1.4.3/6", Level.Informational, "An answer with text before the XML is answered with clean-up", "Notice: undefined variable\n" + Whole),
    ];

    [CaseTable(nameof(Answers))]
    public async Task An_answer_that_is_no_XML_is_answered_with_clean_up(BrokenXml row)
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(Encoding.UTF8.GetBytes(row.Xml));
        var next = await talk.NextAsync("clean-up");
        await talk.EndAsync();
        ExpectText("clean-up", next.Reason, "ReasonForContact");
    }

    [Case("wpi/1.4.3/2", Level.Should, "clean-up says why in cleanup-reason.", Page = 83, Catches = ["clean-up-without-reason"])]
    public async Task Clean_up_says_why()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer("<DLSMessage><Message>"u8.ToArray());
        var next = await talk.NextAsync("clean-up");
        await talk.EndAsync();
        Expect(next.Item("cleanup-reason") is { Text.Length: > 0 }, "a text in cleanup-reason", "none");
    }
}
