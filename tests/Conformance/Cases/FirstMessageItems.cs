using System.Text.RegularExpressions;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone says of itself when it calls (WPI guide p.33-40).</summary>
[Guide("3.5.1", Page = 33)]
public sealed class FirstMessageItems(string phoneId) : PhoneCases(phoneId)
{
    private const string Flag = "^(true|false)$";

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ItemForm> Items =>
    [
        new("wpi/3.5.1/5", Level.Should, 35, "The related software is that of a SIP phone", "related-software-type is Siemens SIP.",
            "related-software-type-wrong", "related-software-type", "^Siemens SIP$", "Siemens SIP"),
        new("wpi/3.5.1/6", Level.Should, 33, "The related version has the form of a version", "related-software-version is written as in V2 R2.30.0.",
            "related-version-malformed", "related-software-version", @"^V\d+ R\d+(\.\d+){1,2}$", "a version such as V2 R2.30.0"),
        new("wpi/3.5.1/7", Level.Should, 35, "The related device is one of the product line", "related-device-type is a variant of the product line.",
            "related-device-type-wrong", "related-device-type", "^(OpenStage|OpenScape) .+$", "OpenStage or OpenScape with a variant"),
        new("wpi/3.5.1/8", Level.Must, 34, "The changed flag is true or false", "configuration-changed-flag is true or false.",
            "changed-flag-in-words", "configuration-changed-flag", Flag, "true or false"),
        new("wpi/3.5.1/9", Level.Should, 33, "There is a part number", "part-number is there, Unknown if the phone has none.",
            "part-number-missing", "part-number", "^.+$", "a part number or Unknown"),
        new("wpi/3.5.1/10", Level.Should, 33, "The phone says whether mobility is on", "mobility-enabled is true or false.",
            "mobility-flag-missing", "mobility-enabled", Flag, "true or false"),
        new("wpi/3.5.1/11", Level.Should, 33, "The phone says whether a mobile user is there", "sip-mobility-state is a digit.",
            "mobility-state-missing", "sip-mobility-state", "^[0-2]$", "0, 1 or 2"),
        new("wpi/3.5.1/12", Level.Should, 33, "The phone says its own number", "basic-e164 is there.",
            "basic-e164-missing", "basic-e164", "^.*$", "a number, or empty"),
        new("wpi/3.5.1/13", Level.Should, 14, "Contact-me has the path of the guide", "The path for contact-me is /contact_dls.html/ContactDLS.",
            "contact-me-path-wrong", "contact-me-uri", "^https?://[^/]+/contact_dls\\.html/ContactDLS$", "an address with the path /contact_dls.html/ContactDLS"),
        new("wpi/3.5.1/14", Level.Should, 33, "The MAC address is six pairs with colons", "mac-addr is six pairs of hex digits with colons.",
            "mac-with-hyphens", "mac-addr", "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$", "six pairs of hex digits with colons"),
        new("wpi/3.5.1/15", Level.Should, 40, "The phone says whether it has gigabit Ethernet", "From V2R2 on gigabit-ethernet-enabled is true or false.",
            "gigabit-flag-missing", "gigabit-ethernet-enabled", Flag, "true or false") { Needs = Capability.AttachedChanges },
    ];

    [CaseTable(nameof(Items))]
    public async Task An_item_of_the_first_message_has_its_form(ItemForm form)
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        var found = talk.Last.Item(form.Item);
        Expect(found is not null && Regex.IsMatch(found.Text, form.Pattern, RegexOptions.CultureInvariant, MatchLimit),
            $"{form.Item}: {form.Form}", found is null ? "no such item" : $"'{found.Text}'");
    }

    [Case("wpi/3.5.1/16", Level.Must, "ReadAllItems after start-up is answered with the whole set.", Page = 34,
        Needs = Capability.Restart, Catches = ["read-all-incomplete"])]
    public async Task Start_up_can_be_followed_by_ReadAllItems()
    {
        using var talk = await Phone.RestartAsync();
        var first = talk.Last.Items.Select(item => item.Name).ToHashSet();
        var all = (await talk.ReadAllAsync()).Select(item => item.Name).ToHashSet();
        await talk.EndAsync();
        Expect(all.IsProperSupersetOf(first), $"the {first.Count} items of start-up, and more",
            all.Count == 0 ? "none" : $"{all.Count} names, without {string.Join(", ", first.Except(all))}");
    }
}
