namespace OpenStage.Server.ContactMe;

/// <summary>Learns what happens to phones, to contact them in time and to know who fell silent.</summary>
internal interface IPhoneWatch
{
    /// <summary>Something about a phone changed; it is looked at anew.</summary>
    void Changed(string mac);

    /// <summary>
    /// A message of a phone was taken. Called within its transaction, so that what is known of a phone never grows older.
    /// Most messages call for nothing but to see that the next one comes, which is known without another look.
    /// </summary>
    /// <param name="situation">The phone as the message leaves it; whether it is contacted or led by a script is not in it.</param>
    void Seen(PhoneSituation situation);
}
