namespace OpenStage.Server.Interactions;

/// <summary>What an action of the server is for.</summary>
internal enum InteractionPurpose
{
    /// <summary>To do a job.</summary>
    Job,

    /// <summary>To know all items of a phone that registers (WPI guide p.34).</summary>
    Registration,

    /// <summary>To tell a phone that shall poll where and how often, which need not survive its restart (p.24).</summary>
    Polling,

    /// <summary>To see on the phone what a job wrote (p.46, p.60).</summary>
    ReadBack,

    /// <summary>To see which files the phone has, because it did not tell how a deployment went (p.55).</summary>
    Verification,

    /// <summary>To see that the right person entered the PIN (p.68).</summary>
    Tan,

    /// <summary>To give the phone the profile of a mobile user who logs on (field).</summary>
    Profile,

    /// <summary>To give the phone the data of a mobile user (field).</summary>
    UserDataToPhone,

    /// <summary>To keep the data of a mobile user who logs off (field).</summary>
    UserDataFromPhone,
}
