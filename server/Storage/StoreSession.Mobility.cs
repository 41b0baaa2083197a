using OpenStage.Server.Mobility;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public MobileUser? MobileUser(string number) =>
        One<MobileUser>("mobile_users", "SELECT body FROM mobile_users WHERE number = @number", new { number });

    /// <summary>Mobile users in order of their numbers.</summary>
    public IReadOnlyList<MobileUser> MobileUsers() => Many<MobileUser>("mobile_users", "SELECT body FROM mobile_users ORDER BY number");

    public void Save(MobileUser user)
    {
        Execute("INSERT INTO mobile_users (number, body) VALUES (@Number, @body) ON CONFLICT (number) DO UPDATE SET body = excluded.body",
            new { user.Number, body = Sealed("mobile_users", user) });
        Tell($"mobile-user:{user.Number}");
    }

    public bool DeleteMobileUser(string number)
    {
        Tell($"mobile-user:{number}");
        return Execute("DELETE FROM mobile_users WHERE number = @number", new { number }) > 0;
    }
}
