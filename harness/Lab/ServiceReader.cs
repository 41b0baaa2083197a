using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Protocol.Json;

namespace OpenStage.Harness.Lab;

/// <summary>Reads what a lab file says of a service under test.</summary>
internal sealed partial class ServiceReader(PlacedValues values)
{
    private static readonly Dictionary<string, ServiceCapability> Known = new()
    {
        ["read-all-items"] = ServiceCapability.ReadAllItems,
        ["read-items"] = ServiceCapability.ReadItems,
        ["write-items"] = ServiceCapability.WriteItems,
        ["restart"] = ServiceCapability.Restart,
        ["factory-reset"] = ServiceCapability.FactoryReset,
        ["file-deployment"] = ServiceCapability.FileDeployment,
        ["software-deployment"] = ServiceCapability.SoftwareDeployment,
        ["contact"] = ServiceCapability.Contact,
        ["secure-mode"] = ServiceCapability.SecureMode,
        ["secure-mode-pin"] = ServiceCapability.SecureModePin,
        ["polling"] = ServiceCapability.Polling,
    };

    /// <summary>MAC addresses of the phones of the project's own service, for which no real phone can be mistaken.</summary>
    private static readonly string[] OwnMacs = [.. Enumerable.Range(1, 8).Select(number => $"00:1A:E8:FE:00:0{number}")];

    /// <param name="id">Form of an id, the same as that of a phone's.</param>
    /// <param name="mac">Form of a MAC address.</param>
    public LabService Read(PlacedJson json, Regex id, Regex mac)
    {
        if (IsOwn(json))
        {
            var few = values.Keys(json, "id", "kind");
            return OwnService.Unstarted(values.Matching(few, json, "id", id, LabFileReader.IdForm) ?? "", OwnMacs);
        }

        var keys = values.Keys(json, "id", "kind", "title", "software", "url", "secureUrl", "pollUrl", "certificate", "macs", "phoneAddress", "capabilities", "hook");
        var service = new LabService
        {
            Id = values.Matching(keys, json, "id", id, LabFileReader.IdForm) ?? "",
            Title = values.Text(keys, "title") ?? "Provisioning service",
            Software = values.Text(keys, "software") ?? "",
            Url = Address(keys, json, "url", Uri.UriSchemeHttps, isNeeded: true) ?? new Uri("https://127.0.0.1/"),
            SecureUrl = Address(keys, json, "secureUrl", Uri.UriSchemeHttps),
            PollUrl = Address(keys, json, "pollUrl", Uri.UriSchemeHttp),
            CertificateSha256 = Certificate(keys),
            Macs = Macs(keys, json, mac),
            PhoneAddress = PhoneAddress(keys),
            Capabilities = values.Elements(keys, "capabilities").Select(Can).Aggregate(ServiceCapability.None, (all, one) => all | one),
            Hook = keys.TryGetValue("hook", out var hook) ? new HookReader(values).Read(hook) : LabHook.None,
        };
        Agree(service, keys);
        return service;
    }

    /// <summary>Whether it is the project's own service, which has no other keys.</summary>
    private bool IsOwn(PlacedJson json)
    {
        var kind = json.Members.FirstOrDefault(member => member.Key == "kind").Value;
        if (kind is null)
            return false;
        if (values.Text(kind) is { } text and not ("own" or "foreign"))
            values.Refuse(kind, "own for this project's service, which the lab starts, or foreign for any other");
        return values.Text(kind) == "own";
    }

    /// <summary>What is said in one place must be possible by what is said in the others.</summary>
    private void Agree(LabService service, Dictionary<string, PlacedJson> keys)
    {
        if (!keys.TryGetValue("capabilities", out var list))
            return;
        if (service.Hook.Kind == HookKind.None && service.Capabilities != ServiceCapability.None)
            values.Say(list, list.Path, "without a hook no job can be created; allowed is an empty list, or a hook of another kind than none.");
        if (service.Capabilities.HasFlag(ServiceCapability.SecureMode) && service.SecureUrl is null)
            values.Say(list, list.Path, "secure-mode needs secureUrl, such as https://10.1.2.9:18444/DeploymentService/LoginService.");
        if (service.Capabilities.HasFlag(ServiceCapability.SecureModePin) && !service.Capabilities.HasFlag(ServiceCapability.SecureMode))
            values.Say(list, list.Path, "secure-mode-pin needs secure-mode as well.");
        if (service.Capabilities.HasFlag(ServiceCapability.Polling) && service.PollUrl is null)
            values.Say(list, list.Path, "polling needs pollUrl, such as http://10.1.2.9:8081/dcmp/.");
    }

    private Uri? Address(Dictionary<string, PlacedJson> keys, PlacedJson json, string key, string scheme, bool isNeeded = false)
    {
        var text = isNeeded ? values.Required(keys, json, key) : values.Text(keys, key);
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == scheme && url.UserInfo.Length == 0 && url.Query.Length == 0)
            return url;
        values.RefuseUrl(keys[key], $"an {scheme} address without user and query such as "
            + (scheme == Uri.UriSchemeHttp ? "http://127.0.0.1:8081/dcmp/" : "https://127.0.0.1:18443/DeploymentService/LoginService"));
        return null;
    }

    private string? Certificate(Dictionary<string, PlacedJson> keys)
    {
        var text = values.Text(keys, "certificate");
        if (text is null or "any")
            return null;
        if (Pinned().Match(text) is { Success: true } pinned)
            return pinned.Groups[1].Value.ToUpperInvariant();
        values.Refuse(keys["certificate"], "any, or sha-256: and the 64 hex digits of the certificate's SHA-256");
        return null;
    }

    private List<string> Macs(Dictionary<string, PlacedJson> keys, PlacedJson json, Regex form)
    {
        values.Demand(keys, json, "macs");
        var macs = new List<string>();
        foreach (var element in values.Elements(keys, "macs"))
        {
            var text = values.Text(element)?.ToUpperInvariant();
            if (text is not null && !form.IsMatch(text))
                values.Refuse(element, LabFileReader.MacForm);
            else if (text is not null && macs.Contains(text))
                values.Say(element, element.Path, $"'{text}' is there twice; each scripted phone needs its own.");
            macs.Add(text ?? "");
        }

        if (keys.TryGetValue("macs", out var list) && list.Kind == JsonTokenType.StartArray && macs.Count == 0)
            values.Say(list, list.Path, "at least one MAC address is needed; with two or more, cases with two phones apply.");
        return macs;
    }

    private string PhoneAddress(Dictionary<string, PlacedJson> keys)
    {
        var address = values.Text(keys, "phoneAddress");
        if (address is not null && (!IPAddress.TryParse(address, out var ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            values.Refuse(keys["phoneAddress"], "an IP address of this machine that the service can call, such as 10.1.2.8");
        return address ?? "127.0.0.1";
    }

    private ServiceCapability Can(PlacedJson json)
    {
        if (json.Kind == JsonTokenType.String && Known.TryGetValue(json.Text, out var capability))
            return capability;
        values.Refuse(json, string.Join(", ", Known.Keys));
        return ServiceCapability.None;
    }

    [GeneratedRegex("^sha-256:([0-9A-Fa-f]{64})$")]
    private static partial Regex Pinned();
}
