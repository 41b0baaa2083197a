using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Accounts;
using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Pages.SecurePages;

/// <summary>The page of a phone's Secure Mode, for Administrators.</summary>
internal sealed class SecureRoutes(ProvisioningServer server)
{
    private const int CertificatesShown = 50;

    private static readonly FormInput Blank = new(new Dictionary<string, string> { ["pin"] = "made" });

    public void Map(PageMap map)
    {
        foreach (var route in new[]
        {
            map.Get("/phones/{mac}/secure-mode", context => Show(context, Blank)),
            map.Post("/phones/{mac}/secure-mode", SecureModel.Fields, BeginAsync, (context, form) => Show(context, form)),
            map.Post("/phones/{mac}/secure-mode/release", "", ReleaseAsync, (context, form) => Show(context, form)),
        })
            route.RequireAuthorization(AccessRules.Administrator);
    }

    private async Task<IResult> BeginAsync(HttpContext context, FormInput form)
    {
        var mac = PageRequest.Mac(context);
        server.Store.Read(session => PhoneRoutes.Head(session, mac));
        AuditNote.Set(context, $"Secure Mode, PIN {(form["pin"] is "made" or "given" ? form["pin"] : "none")}");
        var hasPin = form["pin"] switch
        {
            "made" or "given" => true,
            "none" => false,
            var other => throw new RequestException("pin", other, "made, given or none"),
        };
        // Whoever types a PIN wants it to be used.
        if (form["pin"] == "given" != form["pinValue"].Length > 0)
            throw new RequestException("pinValue", "", form["pin"] == "given" ? "the PIN, 4 to 32 letters, digits or signs" : "nothing, for no PIN of your own was chosen");
        var begun = await server.SecureMode.BeginAsync(mac, new NewSecureMode
        {
            Pin = hasPin,
            PinValue = form["pinValue"].Length > 0 ? form["pinValue"] : null,
            MaxPinRetries = form.Number("maxPinRetries", "1 to 10"),
        });
        return Show(context, Blank, begun);
    }

    private async Task<IResult> ReleaseAsync(HttpContext context, FormInput form)
    {
        var revoked = await server.SecureMode.ReleaseAsync(PageRequest.Mac(context));
        return Show(context, Blank, note: $"The phone may call on the default port again. Certificates revoked: {revoked.Count}.");
    }

    private RazorComponentResult<SecurePage> Show(HttpContext context, FormInput form, BegunSecureMode? begun = null, string? note = null)
    {
        var mac = PageRequest.Mac(context);
        var head = server.Store.Read(session => PhoneRoutes.Head(session, mac));
        return PageMap.Page<SecurePage>(new SecureModel(head, server.SecureMode.Certificates(mac, 0, CertificatesShown), form, begun, note), form);
    }
}
