using OpenStage.Harness.Listening;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>The certificate of a phone's own pages (WPI guide p.59-60).</summary>
[Guide("3.6", Page = 60)]
public sealed class Certificates(string phoneId) : PhoneCases(phoneId)
{
    private const string Name = "conformance.example.net";

    private static readonly Lazy<LabCertificate> Given = new(() => LabCertificate.Make(Name));

    [Case("wpi/3.6/25", Level.Must, "A certificate that cannot be used is reported.", Catches = ["failed-items-unreported"])]
    public async Task A_certificate_that_is_none_is_reported()
    {
        var reply = await ReplyToAsync(ServerAction.WriteItems, new Item("wbm-server-certificate", "bm8gY2VydGlmaWNhdGU="));
        Expect(reply.Item("wbm-server-certificate")?.Status is not null, "wbm-server-certificate with a status", reply.Items.Count == 0 ? "an empty list" : string.Join(", ", reply.Items));
    }

    [Case("wpi/3.6/26", Level.Must, "wbm-server-certificate-info tells of the certificate that was written.", Catches = ["certificate-info-empty"])]
    public async Task The_info_tells_of_the_certificate()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("wbm-server-certificate", Given.Value.Bundle));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("wbm-server-certificate-info"));
        await talk.EndAsync();
        var found = reply.Item("wbm-server-certificate-info")?.Text;
        Expect(found?.Contains(Name, StringComparison.Ordinal) == true, $"a text with {Name}", found is null ? "no such item" : $"'{found}'");
    }

    [Case("wpi/3.6/27", Level.Should, "The reply to the WriteItems of a certificate is accepted with an empty list.", Catches = ["all-items-in-write-reply"])]
    public async Task A_certificate_is_accepted_with_an_empty_list()
    {
        var reply = await ReplyToAsync(ServerAction.WriteItems, new Item("wbm-server-certificate", Given.Value.Bundle));
        Expect(reply.Status?.ToLowerInvariant() == "accepted" && reply.Items.Count == 0, "accepted with an empty list", $"{reply} with {reply.Items.Count} items");
    }
}
