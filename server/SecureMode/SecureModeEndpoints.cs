using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Devices;

namespace OpenStage.Server.SecureMode;

/// <summary>Secure Mode in the administration: phones, their certificates, and the authority behind them.</summary>
internal sealed class SecureModeEndpoints(ProvisioningServer server)
{
    private const int MostCertificates = 1000;
    private const string PemType = "application/x-pem-file";

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/devices/{mac}/secure-mode", BeginAsync).WithSummary("Brings a phone to Secure Mode; a PIN that the server makes up is told in this answer only")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(409);
        api.MapDelete("/devices/{mac}/secure-mode", ReleaseAsync).WithSummary("Lets a phone go back to Default Mode, after a factory reset, and revokes its certificates")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        api.MapGet("/secure-mode/certificates", Certificates).WithSummary("The certificates issued for phones, the latest first")
            .Produces<ApiErrorList>(400);
        api.MapDelete("/secure-mode/certificates/{serial}", RevokeAsync).WithSummary("Revokes a certificate; its phone is shut out until it is released")
            .Produces<ApiErrorList>(404);
        api.MapGet("/secure-mode/authority", GetAuthority).WithSummary("The trusted authorities as PEM, the one that issues first")
            .Produces<string>(200, PemType);
        api.MapGet("/secure-mode/authorities", server.SecureMode.Authorities).WithSummary("All authorities, the oldest first");
        api.MapPost("/secure-mode/authorities", Renew).WithSummary("Makes a new authority; the present one stays trusted while phones hold certificates of it")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(409);
        api.MapDelete("/secure-mode/authorities/{id:long}", Retire).WithSummary("Gives an authority up of which no phone holds a certificate")
            .Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
    }

    private async Task<Created<BegunSecureMode>> BeginAsync(
        [Description("MAC address of the phone, which may be one that has not called yet")] string mac, NewSecureMode asked, HttpContext context)
    {
        var begun = await server.SecureMode.BeginAsync(Normal(mac), asked);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{begun.Job.Id}"), begun);
    }

    private Task<IReadOnlyList<ClientCertificateView>> ReleaseAsync([Description("MAC address of the phone")] string mac) =>
        server.SecureMode.ReleaseAsync(Normal(mac));

    private IReadOnlyList<ClientCertificateView> Certificates(
        [Description("Of this phone only")] string? mac,
        [Description("Certificates to leave out at the beginning, 0 or more; default 0")] string? skip,
        [Description("Most certificates, 1 to 1000; default 100")] string? top) =>
        server.SecureMode.Certificates(mac is null ? null : Normal(mac), Number("skip", skip, 0, 0, int.MaxValue), Number("top", top, 100, 1, MostCertificates));

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

    private static string Normal(string mac) => MacAddress.TryNormalise(mac, out var normal)
        ? normal
        : throw new RequestException("mac", mac, "a MAC address such as 00:1A:E8:00:00:01");

    /// <summary>Reads a number from text, so that what is no number is refused like what is out of range.</summary>
    private static int Number(string field, string? text, int otherwise, int least, int most)
    {
        if (text is null)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RequestException(field, text, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }
}
