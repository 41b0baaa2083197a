using OpenStage.Protocol.Messages;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Interactions;

/// <summary>Logon and logoff of mobile users, as they are seen in the field; the guide's section is not to be had.</summary>
internal sealed partial class InteractionTurn
{
    private const string StateItem = "sip-mobility-state";
    private const string LoggedOn = "0";
    private const string LoggedOff = "1";

    private MobileUser? mobileUser;

    /// <summary>A key module was plugged in or out, or a mobile user is at the phone.</summary>
    private DlsMessage InventoryChanges()
    {
        if (Names("modified-items") is { Count: > 0 } modified)
            return LogOff(modified);
        if (Names("requested-items") is { Count: > 0 } requested)
            return GiveUserData(requested);
        return message.Value("user-pwd") is { Length: > 0 } password && message.Value(StateItem) is not LoggedOn ? LogOn(password) : Next();
    }

    private DlsMessage LogOn(string password)
    {
        if (mobileUser is not { } user || user.Password != password)
        {
            // Without a profile the phone stays its own; what is wrong is not told to whoever stands there.
            Observe("mobility-logon-refused", "number and password of a mobile user", mobileUser is null ? "an unknown number" : "another password", null);
            return End();
        }

        State = State with { MobileUser = user.Number };
        return Write(InteractionPurpose.Profile, [new Item(StateItem, LoggedOn), .. user.Profile]);
    }

    private DlsMessage GiveUserData(IReadOnlyList<string> requested)
    {
        var data = (mobileUser?.Data ?? []).Where(item => requested.Contains(item.Name)).ToList();
        return data.Count > 0 ? Write(InteractionPurpose.UserDataToPhone, data) : Next();
    }

    private DlsMessage LogOff(IReadOnlyList<string> modified)
    {
        if (mobileUser is not { } user)
        {
            Observe("mobility-logoff-unknown", "the number of a mobile user", "an unknown number", null);
            return End();
        }

        State = State with { MobileUser = user.Number };
        return Ask(ServerAction.ReadItems, InteractionPurpose.UserDataFromPhone, null, [.. modified.Select(name => new Item(name, "", 1))]);
    }

    private void ProfileWritten() => Keep(mobileUser! with { LoggedOnAt = State.Mac, LastChange = input.Now });

    /// <summary>What the phone gave replaces what was kept; what it could not give stays.</summary>
    private void UserDataCame(IReadOnlyList<Item> items)
    {
        var given = items.Where(item => item.Status == ItemStatus.None && item.Name.StartsWith("userdata-", StringComparison.Ordinal)).ToList();
        var user = mobileUser!;
        var kept = user.Data.Where(old => !given.Exists(item => item.Key == old.Key));
        Keep(user with
        {
            Data = [.. kept, .. given],
            LoggedOnAt = user.LoggedOnAt == State.Mac ? "" : user.LoggedOnAt,
            LastChange = input.Now,
        });
    }

    private void Keep(MobileUser user)
    {
        mobileUser = user;
        effects.Add(new InteractionEffect.MobileUserChanged(user));
    }

    /// <summary>Item names in a list with commas.</summary>
    private List<string> Names(string item) =>
        [.. (message.Value(item) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
