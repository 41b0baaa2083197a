using System.Globalization;
using OpenStage.Protocol.Items;
using OpenStage.Server.Admin;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Mobility;

/// <summary>Refuses mobile users that no phone could log on.</summary>
internal static class MobileUserCheck
{
    private const int MaxProfileItems = 1000;

    /// <exception cref="RequestException">Something in it is not allowed.</exception>
    public static void Check(MobileUser user)
    {
        Require(user.Number.Length is >= 1 and <= 64 && user.Number.All(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#'),
            "number", user.Number, "1 to 64 digits, +, * or #");
        Require(user.Password.Length is >= 1 and <= 64, "password", Count(user.Password.Length, "characters"), "1 to 64 characters");
        Require(!user.Password.Any(char.IsControl) && !Asked.IsForbidden(user.Password), "password", "one not shown here", "1 to 64 characters, none of them a control character");
        Require(user.Profile.Count <= MaxProfileItems, "profile", Count(user.Profile.Count, "items"), $"at most {MaxProfileItems} items");
        ItemListCheck.Check(user.Profile, "profile");
        for (var position = 0; position < user.Profile.Count; position++)
        {
            var name = user.Profile[position].Name;
            var canBeWritten = !ItemCatalogue.Default.TryGet(name, out var definition) || definition.Access is ItemAccess.ReadWrite or ItemAccess.WriteOnly;
            Require(canBeWritten && name != "sip-mobility-state", string.Create(CultureInfo.InvariantCulture, $"profile[{position}].name"), name,
                "an item that can be written; sip-mobility-state is written by the server itself");
        }
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}");

    private static void Require(bool holds, string field, string value, string allowed)
    {
        if (!holds)
            throw new RequestException(field, value, allowed);
    }
}
