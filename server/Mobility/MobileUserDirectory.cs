using OpenStage.Server.Storage;

namespace OpenStage.Server.Mobility;

/// <summary>The mobile users of the site.</summary>
public sealed class MobileUserDirectory
{
    private readonly Database database;

    internal MobileUserDirectory(Database database) => this.database = database;

    /// <summary>A user, or null when there is none of this number.</summary>
    public MobileUser? Get(string number) => database.Read(session => session.MobileUser(number));

    /// <summary>All users in order of their numbers; passwords and user data in clear.</summary>
    public IReadOnlyList<MobileUser> List() => database.Read(session => session.MobileUsers());

    /// <summary>Makes a user, or changes the one of this number.</summary>
    /// <exception cref="RequestException">Something in it is not allowed.</exception>
    public void Save(MobileUser user)
    {
        MobileUserCheck.Check(user);
        database.Write(session =>
        {
            session.Save(user);
            return true;
        });
    }

    /// <returns>False when there is none of this number.</returns>
    public bool Delete(string number) => database.Write(session => session.DeleteMobileUser(number));
}
