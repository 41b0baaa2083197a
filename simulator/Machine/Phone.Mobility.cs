using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>Mobile users (field; the guide's section is not to be had).</summary>
internal sealed partial class Phone
{
    private const string LoggedOnState = "0";
    private const string LoggedOffState = "1";
    private const string InterimState = "2";

    /// <summary>User data that the phone wants at a logon and gives at a logoff (field).</summary>
    private const string UserDataNames = "userdata-vu1,userdata-call-log,userdata-ring-tone,userdata-phonebook";

    private MobilityStep mobility;

    /// <summary>The mobile user who is logged on, or empty.</summary>
    public string MobileUser { get; private set; } = "";

    public bool MobilityEnabled => memory.Read(new ItemKey("mobility-enabled")) == "true";

    /// <summary>Step 1 of a logon: the service is told who wants to log on, and with which password.</summary>
    private void LogOn(string user, string password)
    {
        mobility = MobilityStep.LoggingOn;
        MobileUser = user;
        memory.OwnNumber = Value("e164");
        memory.Write(new Item("sip-mobility-state", InterimState));
        memory.Write(new Item("e164", user));
        ContactInventory([new Item("user-pwd", password)], mobility);
    }

    /// <summary>Step 1 of a logoff: the service is told which user data changed, to read and keep it.</summary>
    private void LogOff(string password)
    {
        mobility = MobilityStep.LoggingOff;
        memory.Write(new Item("sip-mobility-state", InterimState));
        unreportedChange = true;
        ContactInventory([new Item("user-pwd", password), new Item("modified-items", UserDataNames)], mobility);
    }

    /// <summary>The first contact of a logon or logoff has ended.</summary>
    private void MobilityContactEnded(MobilityStep step)
    {
        if (step == MobilityStep.LoggingOn && memory.Read(new ItemKey("sip-mobility-state")) == LoggedOnState)
        {
            // The service wrote the profile: start-up as the user's phone, then ask for the user's data.
            mobility = MobilityStep.LoggedOn;
            Contact(new PendingContact(ContactReason.StartUp));
            ContactInventory([new Item("requested-items", UserDataNames)]);
        }
        else
        {
            LeaveUser();
            if (step == MobilityStep.LoggingOff)
                Contact(new PendingContact(ContactReason.StartUp));
        }
    }

    /// <summary>The phone is its own again.</summary>
    private void LeaveUser()
    {
        mobility = MobilityStep.LoggedOff;
        if (MobileUser.Length == 0)
            return;
        MobileUser = "";
        memory.Write(new Item("sip-mobility-state", LoggedOffState));
        if (memory.OwnNumber is { } own)
            memory.Write(new Item("e164", own));
        memory.OwnNumber = null;
        foreach (var definition in ItemCatalogue.Default.All.Where(definition => definition.Group == "userdata"))
            memory.Forget(definition.Name);
    }

    private void ContactInventory(IReadOnlyList<Item> extra, MobilityStep step = MobilityStep.LoggedOff) =>
        Contact(new PendingContact(ContactReason.InventoryChanges, Extra: extra, Mobility: step));
}
