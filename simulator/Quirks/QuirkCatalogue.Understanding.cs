using System.Text.RegularExpressions;

namespace OpenStage.Simulator.Quirks;

/// <summary>Quirks of a phone that does not understand what it should.</summary>
public static partial class QuirkCatalogue
{
    private static void UnderstandingQuirks()
    {
        Misunderstand("white-space-refused", "does not understand an action with white space around it", "WPI guide p.33", text => ActionInSpace().IsMatch(text));
        Misunderstand("end-tags-refused", "does not understand empty items with an end tag", "WPI guide p.38", text => text.Contains("></Item>", StringComparison.Ordinal));
        Misunderstand("empty-tags-refused", "does not understand empty items without end tag", "WPI guide p.38", text => EmptyItem().IsMatch(text));
        Misunderstand("other-namespace-refused", "does not understand another namespace than its own", "WPI guide p.34", text => text.Contains("xmlns=\"http://mydomain", StringComparison.Ordinal));
        Misunderstand("namespace-needed", "does not understand messages without namespace", "field: servers send none", text => !text.Contains("xmlns", StringComparison.Ordinal));
        Misunderstand("attribute-order-matters", "does not understand an index before a name", "WPI guide p.77", text => text.Contains("<Item index", StringComparison.Ordinal));
        Misunderstand("character-references-refused", "does not understand character references", "WPI guide p.30", text => text.Contains("&#", StringComparison.Ordinal));
        Misunderstand("character-data-refused", "does not understand CDATA", "WPI guide p.30", text => text.Contains("<![CDATA[", StringComparison.Ordinal));
        Misunderstand("comments-refused", "does not understand comments", "WPI guide p.30", text => text.Contains("<!--", StringComparison.Ordinal));
        Misunderstand("single-quotes-refused", "does not understand single quotes", "WPI guide p.30", text => text.Contains("nonce='", StringComparison.Ordinal));
        Misunderstand("empty-answer-refused", "takes an empty answer for invalid XML", "field: servers send it", text => text.Length == 0);
        Misunderstand("signature-refused", "does not understand signed messages", "field: the maker's service signs", text => text.Contains("xmldsig#", StringComparison.Ordinal));
        Misunderstand("root-spelling-matters", "does not understand DlsMessage", "field: servers write it so", text => text.Contains("<DlsMessage", StringComparison.Ordinal));
        Misunderstand("item-type-refused", "does not understand items with a type", "WPI guide p.26", text => text.Contains(" type=\"", StringComparison.Ordinal));
        Misunderstand("item-status-refused", "does not understand items with a status", "field: the maker's service sends it", text => text.Contains(" status=\"secure\"", StringComparison.Ordinal));
        Add("chunked-refused", "does not understand chunked answers", "WPI guide p.12", b => b with { RefusesChunked = true });
    }

    private static void ContactMeRequestQuirks()
    {
        Refuse("contact-me-order-matters", "wants ContactMe to be the first parameter", "made up", text => text.Contains("&ContactMe=", StringComparison.Ordinal));
        Refuse("contact-me-not-decoded", "does not decode the parameters of contact-me", "WPI guide p.14", text => text.Contains('%'));
        Refuse("contact-me-needs-charset", "wants a character set in the content type of contact-me", "WPI guide p.15", text => !text.Contains("charset=", StringComparison.Ordinal));
        Refuse("contact-me-port-needs-address", "refuses dls_ip_port without dls_ip_addr", "WPI guide p.14", text => text.Contains("dls_ip_port", StringComparison.Ordinal) && !text.Contains("dls_ip_addr", StringComparison.Ordinal));
        Refuse("contact-me-address-needs-port", "refuses dls_ip_addr without dls_ip_port", "WPI guide p.14", text => text.Contains("dls_ip_addr", StringComparison.Ordinal) && !text.Contains("dls_ip_port", StringComparison.Ordinal));
        Add("contact-me-address-kept", "goes on to call the address of the last contact-me that had one", "WPI guide p.14", b => b with { KeepsContactMeAddress = true });
        Acknowledge("contact-me-without-length", "leaves Content-Length out of the acknowledgement", "WPI guide p.15", a => a with { HasLength = false });
        Acknowledge("contact-me-other-type", "calls the acknowledgement text/plain", "WPI guide p.15", a => a with { ContentType = "text/plain" });
    }

    private static void Misunderstand(string name, string summary, string source, Func<string, bool> fails) =>
        Add(name, summary, source, b => b with { Misunderstands = b.Misunderstands.Add(fails) });

    private static void Refuse(string name, string summary, string source, Func<string, bool> refuses) =>
        Add(name, summary, source, b => b with { RefusesContactMe = b.RefusesContactMe.Add(refuses) });

    [GeneratedRegex(@"<Action>\s")]
    private static partial Regex ActionInSpace();

    [GeneratedRegex("<Item [^>]*/>")]
    private static partial Regex EmptyItem();
}
