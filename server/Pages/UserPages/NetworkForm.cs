using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>The form of the PBX's addresses.</summary>
internal static class NetworkForm
{
    private static readonly (string Name, string Label)[] Labels =
    [
        ("web_domain", "Web domain"), ("sbc_domain", "Domain of the SBC"), ("private_ipv4", "IPv4, own network"), ("public_ipv4", "IPv4, internet"),
        ("enable_ipv6", "IPv6 is used"), ("private_ipv6", "IPv6, own network"), ("public_ipv6", "IPv6, internet"),
        ("primary_dns_server", "First DNS server"), ("secondary_dns_server", "Second DNS server"),
    ];

    /// <summary>See <see cref="FormFields"/>.</summary>
    public static string Fields { get; } = BodyForm.Fields(NetworkBody.Update);

    public static IReadOnlyList<FieldModel> Shown { get; } =
        [.. Labels.Select(label => BodyForm.Field(NetworkBody.Update.Fields.Single(field => field.Name == label.Name), label.Label))];
}
