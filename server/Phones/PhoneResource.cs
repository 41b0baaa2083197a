namespace OpenStage.Server.Phones;

/// <summary>The parts of the phones resource.</summary>
internal sealed class PhoneResource
{
    public PhoneResource(PhoneParts parts)
    {
        var provisioning = new PhoneProvisioning(parts);
        Phones = new PhoneDirectory(parts, provisioning);
        Known = new KnownPhones(parts, provisioning);
        Users = new PhoneUsers(parts.Database, provisioning);
        Templates = new PhoneTemplates(parts.Database);
        Network = new PhoneNetwork(parts.Database);
    }

    public PhoneDirectory Phones { get; }

    public KnownPhones Known { get; }

    public PhoneUsers Users { get; }

    public PhoneTemplates Templates { get; }

    public PhoneNetwork Network { get; }

    public void Map(RouteGroupBuilder api)
    {
        new PhoneUserEndpoints(Users).Map(api);
        new UserPhoneEndpoints(Phones).Map(api);
        new OwnPhoneEndpoints(Phones, Users).Map(api);
        new KnownPhoneEndpoints(Known).Map(api);
        new PhoneTemplateEndpoints(Templates).Map(api);
        new NetworkEndpoints(Network).Map(api);
    }
}
