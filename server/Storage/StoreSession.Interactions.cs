using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    /// <summary>The interaction that a session cookie is of: the last one of its phone, or null.</summary>
    public InteractionState? InteractionByCookie(string cookie) =>
        SessionId.PhoneOf(cookie) is { } mac && InteractionOf(mac) is { } state && SessionId.AreSame(state.Cookie, cookie) ? state : null;

    /// <summary>The phone's last interaction, open or ended; the ended one is kept for a repeated POST.</summary>
    public InteractionState? InteractionOf(string mac)
    {
        var phone = phones.Of(mac);
        phone.Interaction ??= new PhoneCache.Known<InteractionState>(
            statements.Bytes(StoredPhone.InteractionQuery, ("@mac", mac)) is { } body ? Opened<InteractionState>("interactions", body) : null);
        return phone.Interaction.Value.Value;
    }

    public void Save(InteractionState interaction)
    {
        statements.Run(
            "INSERT INTO interactions (mac, ended, seen, body) VALUES (@Mac, @ended, @seen, @body) "
            + "ON CONFLICT (mac) DO UPDATE SET ended = excluded.ended, seen = excluded.seen, body = excluded.body",
            ("@Mac", interaction.Mac), ("@ended", interaction.Ended ? 1 : 0), ("@seen", interaction.LastMessage.ToUnixTimeMilliseconds()),
            ("@body", Sealed("interactions", interaction)));
        var phone = Changing(interaction.Mac);
        phone.Interaction = new PhoneCache.Known<InteractionState>(interaction);
        if (phone.Device is { Value: { } device })
            phone.Device = new PhoneCache.Known<Device>(interaction.AsOfNow(device));
    }

    /// <summary>Phones for which something is under way.</summary>
    public IReadOnlyList<string> MacsWithWork() =>
        Column<string>("SELECT mac FROM jobs WHERE is_final = 0 UNION SELECT mac FROM interactions WHERE ended = 0");
}
