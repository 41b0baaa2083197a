namespace OpenStage.Server.Phones;

/// <summary>The bodies with which users are created and updated.</summary>
internal static class PhoneUserBodies
{
    private static readonly BodyField[] Fields =
    [
        new("name", BodyKind.Text, "Name of the user, of one user only.") { IsMandatory = true, Least = 1, Most = 64 },
        new("extension_number", BodyKind.Text, "Number of the extension, of one user only.")
        {
            IsMandatory = true,
            Least = 3,
            Most = 64,
            Rule = (text => text.All(char.IsAsciiDigit), "3 to 64 digits"),
        },
        new("extension_password", BodyKind.Text, "SIP password of the extension.") { IsSecret = true, Least = 1, Most = 128 },
        new("display_name", BodyKind.Text, "Name that phones show; they show the first 24 characters.") { Most = 128 },
        new("email", BodyKind.Text, "Mail address.")
        {
            Most = 254,
            Rule = (IsMail, "a mail address such as ann@example.net, at most 254 characters"),
        },
    ];

    public static BodySchema New { get; } = new(true, Fields);

    public static BodySchema Update { get; } = new(false, Fields);

    public static PhoneUser Apply(PhoneUser before, BodyValues body) => before with
    {
        Name = body.Given("name", before.Name),
        ExtensionNumber = body.Given("extension_number", before.ExtensionNumber),
        ExtensionPassword = body.Text("extension_password", before.ExtensionPassword),
        DisplayName = body.Text("display_name", before.DisplayName),
        Email = body.Text("email", before.Email),
    };

    private static bool IsMail(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 0 } host] && !text.Any(char.IsWhiteSpace) && Uri.CheckHostName(host) == UriHostNameType.Dns;
}
