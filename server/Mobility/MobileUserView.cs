using OpenStage.Server.Admin;

namespace OpenStage.Server.Mobility;

/// <summary>A mobile user as it may be shown: no password, and of the data only which there are.</summary>
/// <param name="LoggedOnAt">MAC address of the phone that the user is logged on at; empty for none.</param>
/// <param name="Data">Names of the kept items userdata-….</param>
public sealed record MobileUserView(
    string Number, IReadOnlyList<ItemView> Profile, IReadOnlyList<string> Data, string LoggedOnAt, DateTimeOffset? LastChange)
{
    internal static MobileUserView Of(MobileUser user) => new(
        user.Number,
        [.. user.Profile.Select(item => new ItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value), "", null))],
        [.. user.Data.Select(item => item.Key.ToString())], user.LoggedOnAt, user.LastChange);
}
