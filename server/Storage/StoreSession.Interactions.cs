using OpenStage.Server.Interactions;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public InteractionState? InteractionByCookie(string cookie) =>
        One<InteractionState>("interactions", "SELECT body FROM interactions WHERE cookie = @cookie", new { cookie });

    /// <summary>The phone's last interaction, open or ended; the ended one is kept for a repeated POST.</summary>
    public InteractionState? InteractionOf(string mac) =>
        One<InteractionState>("interactions", "SELECT body FROM interactions WHERE mac = @mac", new { mac });

    public void Save(InteractionState interaction) => Execute(
        "INSERT INTO interactions (mac, cookie, ended, body) VALUES (@Mac, @Cookie, @ended, @body) "
        + "ON CONFLICT (mac) DO UPDATE SET cookie = excluded.cookie, ended = excluded.ended, body = excluded.body",
        new { interaction.Mac, interaction.Cookie, ended = interaction.Ended ? 1 : 0, body = Sealed("interactions", interaction) });

    /// <summary>Phones for which something is under way.</summary>
    public IReadOnlyList<string> MacsWithWork() =>
        Column<string>("SELECT mac FROM jobs WHERE is_final = 0 UNION SELECT mac FROM interactions WHERE ended = 0");
}
