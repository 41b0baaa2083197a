using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>The buttons of one phone: reprovision, reboot, reject.</summary>
internal sealed class PhoneActionRoutes(KnownPhones phones)
{
    private const string Fields = "back";

    public void Map(PageMap map)
    {
        map.Post("/phones/{mac}/reprovision", Fields, (context, form) => Do(context, form, mac => phones.Reprovision(mac, EndpointWords.By(context))));
        map.Post("/phones/{mac}/reboot", Fields, (context, form) => Do(context, form, mac => phones.Reboot(mac, EndpointWords.By(context))));
        map.Post("/phones/{mac}/reject", Fields, (context, form) => Do(context, form, phones.Reject));
    }

    private static IResult Do(HttpContext context, FormInput form, Action<string> act)
    {
        var mac = PageRequest.Mac(context);
        act(mac);
        return Results.LocalRedirect(PageRequest.IsLocal(form["back"]) ? form["back"] : $"/phones/{mac}");
    }
}
