using System.Globalization;
using System.Security;
using System.Text;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>
/// A message of the scripted phone, written here and not by the codec that the service has, with the spellings that
/// phones in the field have.
/// </summary>
public sealed record PhoneMessage
{
    /// <summary>Value of ReasonForContact.</summary>
    public required string Reason { get; init; }

    public required string Nonce { get; init; }

    /// <summary>Most items a message of the service, -1 for no limit (WPI guide p.28).</summary>
    public int MaxItems { get; init; } = -1;

    /// <summary>The action that a reply answers, or null.</summary>
    public string? Action { get; init; }

    /// <summary>accepted, failed or busy; null for no reply.</summary>
    public string? Status { get; init; }

    /// <summary>next or final; null for none.</summary>
    public string? Fragment { get; init; }

    /// <summary>Items; null for a message without ItemList.</summary>
    public IReadOnlyList<Item>? Items { get; init; } = [];

    /// <summary>True to put the mark of a fragment on ReasonForContact, as the guide's table has it (p.29).</summary>
    public bool MarksReason { get; init; }

    /// <summary>True to write status before action (field).</summary>
    public bool StatusFirst { get; init; }

    /// <summary>True to put newlines around the text of each element (p.48).</summary>
    public bool IsPadded { get; init; }

    /// <summary>What stands before the root; a declaration by default.</summary>
    public string Prolog { get; init; } = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    public bool IsReply => Reason == "reply-to";

    public byte[] ToBytes()
    {
        var text = new StringBuilder(Prolog);
        text.Append("<WorkpointMessage xmlns=\"http://www.siemens.com/DLS\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<Message nonce=\"{Nonce}\" maxItems=\"{MaxItems}\"{(MarksReason ? "" : Attribute("fragment", Fragment))}>\n");
        var (action, status) = (Attribute("action", Action), Attribute("status", Status));
        text.Append(CultureInfo.InvariantCulture,
            $"<ReasonForContact{(StatusFirst ? status + action : action + status)}{(MarksReason ? Attribute("fragment", Fragment) : "")}>{Pad(Reason)}</ReasonForContact>\n");
        if (Items is not null)
        {
            text.Append("<ItemList>\n");
            foreach (var item in Items)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"<Item{Attribute("name", item.Name)}{Attribute("index", item.Index?.ToString(CultureInfo.InvariantCulture))}{Attribute("status", item.StatusText)}>{Pad(SecurityElement.Escape(item.Value))}</Item>\n");
            }

            text.Append("</ItemList>\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Message>\n</WorkpointMessage>\n").ToString());
    }

    private static string Attribute(string name, string? value) => value is null ? "" : $" {name}=\"{SecurityElement.Escape(value)}\"";

    private string Pad(string text) => IsPadded ? $"\n  {text}\n" : text;
}
