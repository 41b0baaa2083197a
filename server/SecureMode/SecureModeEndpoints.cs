using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;

namespace OpenStage.Server.SecureMode;

/// <summary>Secure Mode in the administration: phones, their certificates, and the authority behind them.</summary>
internal sealed class SecureModeEndpoints(ProvisioningServer server)
{
    private const string PemType = "application/x-pem-file";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("secure-mode");
        group.MapPost("/devices/{mac}/secure-mode", BeginAsync)
            .Described("beginSecureMode", "Brings a phone to Secure Mode; a PIN that the server makes up is told in this answer only", 409)
            .Example("""{"pin":true,"maxPinRetries":3}""");
        group.MapDelete("/devices/{mac}/secure-mode", ReleaseAsync)
            .Described("releasePhone", "Lets a phone go back to Default Mode, after a factory reset, and revokes its certificates", 400, 404, 409);
        group.MapGet("/secure-mode/certificates", Certificates).Described("listCertificates", "The certificates issued for phones, the latest first", 400);
        group.MapDelete("/secure-mode/certificates/{serial}", RevokeAsync)
            .Described("revokeCertificate", "Revokes a certificate; its phone is shut out until it is released", 404);
        group.MapGet("/secure-mode/authority", GetAuthority).Described("exportAuthorities", "The trusted authorities as PEM, the one that issues first")
            .Produces<string>(200, PemType);
        group.MapGet("/secure-mode/authorities", server.SecureMode.Authorities).Described("listAuthorities", "All authorities, the oldest first");
        group.MapPost("/secure-mode/authorities", Renew)
            .Described("makeAuthority", "Makes a new authority; the present one stays trusted while phones hold certificates of it", 409)
            .Example("""{"name":"Phones 1001"}""");
        group.MapDelete("/secure-mode/authorities/{id:long}", Retire)
            .Described("retireAuthority", "Gives an authority up of which no phone holds a certificate", 404, 409);
    }

    private async Task<Created<BegunSecureMode>> BeginAsync(
        [Description("MAC address of the phone, which may be one that has not called yet"), Allowed(Example = MacAddress.Example)] string mac, NewSecureMode asked, HttpContext context)
    {
        var begun = await server.SecureMode.BeginAsync(Asked.Mac("mac", mac), asked);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{begun.Job.Id}"), begun);
    }

    private Task<IReadOnlyList<ClientCertificateView>> ReleaseAsync([Description("MAC address of the phone"), Allowed(Example = MacAddress.Example)] string mac) =>
        server.SecureMode.ReleaseAsync(Asked.Mac("mac", mac));

    private IReadOnlyList<ClientCertificateView> Certificates(
        [Description("Of this phone only"), Allowed(Example = MacAddress.Example)] string? mac,
        [Description("Certificates to leave out at the beginning; default 0"), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most certificates; default 100"), Allowed(IsNumber = true, Least = 1, Most = Asked.MostAtOnce)] string? top)
    {
        var page = Asked.Page(skip, top);
        return server.SecureMode.Certificates(mac is null ? null : Asked.Mac("mac", mac), page.Skip, page.Top);
    }

    private Task<ClientCertificateView> RevokeAsync([Description("Serial number of the certificate, 32 hex digits")] string serial) =>
        server.SecureMode.RevokeAsync(serial);

    private ContentHttpResult GetAuthority() => TypedResults.Text(server.Authority.ExportPem(), PemType);

    private Created<AuthorityView> Renew(NewAuthority asked)
    {
        if (asked.Name is { } name && (name.Trim().Length is < 1 or > 64 || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not (' ' or '.' or '-'))))
            throw new RequestException("name", name, "1 to 64 letters, digits, blanks, dots or dashes");
        var made = server.Authority.Renew(asked.Name?.Trim());
        return TypedResults.Created("/api/secure-mode/authorities", Authority.View(made, isIssuing: true, held: 0));
    }

    private AuthorityView Retire([Description("Number of the authority")] long id) => Authority.View(server.Authority.Retire(id), isIssuing: false, held: 0);
}
