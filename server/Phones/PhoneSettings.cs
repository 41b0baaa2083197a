namespace OpenStage.Server.Phones;

/// <summary>All that a phone's items are made of.</summary>
internal sealed record PhoneSettings(UserPhone Phone, PhoneUser User, ModelProfile Profile, NetworkAddresses Network);
