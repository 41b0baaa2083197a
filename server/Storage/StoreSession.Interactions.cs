using OpenStage.Server.Interactions;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public InteractionState? InteractionByCookie(string cookie)
    {
        if (phones.MacOf(cookie) is { } mac)
            return phones.Of(mac).Interaction?.Value;
        if (Bytes("SELECT body FROM interactions WHERE cookie = @cookie", ("@cookie", cookie)) is not { } body)
            return null;
        var found = Opened<InteractionState>("interactions", body);
        phones.Of(found.Mac).Interaction = new PhoneCache.Known<InteractionState>(found);
        return found;
    }

    /// <summary>The phone's last interaction, open or ended; the ended one is kept for a repeated POST.</summary>
    public InteractionState? InteractionOf(string mac)
    {
        var phone = phones.Of(mac);
        phone.Interaction ??= new PhoneCache.Known<InteractionState>(
            Bytes("SELECT body FROM interactions WHERE mac = @mac", ("@mac", mac)) is { } body ? Opened<InteractionState>("interactions", body) : null);
        return phone.Interaction.Value.Value;
    }

    public void Save(InteractionState interaction)
    {
        var phone = Changing(interaction.Mac);
        var ended = interaction.Ended ? 1 : 0;
        var body = Sealed("interactions", interaction);
        // One that goes on has the cookie it had: the index of cookies is left alone.
        if (phone.Interaction is { Value: { } before } && before.Cookie == interaction.Cookie)
        {
            Run("UPDATE interactions SET ended = @ended, body = @body WHERE mac = @Mac",
                ("@ended", ended), ("@body", body), ("@Mac", interaction.Mac));
        }
        else
        {
            Run(
                "INSERT INTO interactions (mac, cookie, ended, body) VALUES (@Mac, @Cookie, @ended, @body) "
                + "ON CONFLICT (mac) DO UPDATE SET cookie = excluded.cookie, ended = excluded.ended, body = excluded.body",
                ("@Mac", interaction.Mac), ("@Cookie", interaction.Cookie), ("@ended", ended), ("@body", body));
        }

        phone.Interaction = new PhoneCache.Known<InteractionState>(interaction);
    }

    /// <summary>Phones for which something is under way.</summary>
    public IReadOnlyList<string> MacsWithWork() =>
        Column<string>("SELECT mac FROM jobs WHERE is_final = 0 UNION SELECT mac FROM interactions WHERE ended = 0");
}
