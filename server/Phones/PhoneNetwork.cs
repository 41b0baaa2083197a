using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>The addresses of the PBX, which phones are given by their interface.</summary>
internal sealed class PhoneNetwork(Database database)
{
    public NetworkAddresses Show() => database.Read(session => session.Network());

    /// <summary>Changes what a body brought; phones follow when they are provisioned next.</summary>
    public void Update(BodyValues body) => database.Write(session =>
    {
        session.HoldNetwork();
        session.Save(NetworkBody.Apply(session.Network(), body));
        return true;
    });
}
