using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>The list of phones.</summary>
internal sealed class PhoneListRoutes(ProvisioningServer server)
{
    private const int PageSize = 50;

    public void Map(PageMap map) => map.Get("/phones", context => PageMap.Page<PhoneListPage>(Read(PhoneQuery.Of(context))));

    private PhoneListModel Read(PhoneQuery query) => server.Store.Read(session =>
    {
        var filter = query.Filter();
        var paging = Paging.Of(query.Page, PageSize, session.CountDevices(filter));
        var phones = session.Devices(filter with { Skip = paging.Skip, Top = PageSize });
        return new PhoneListModel
        {
            Query = query with { Page = paging.Page },
            Phones = phones,
            OpenJobs = session.CountOpenJobs([.. phones.Select(phone => phone.Mac)]),
            Paging = paging,
            Models = session.Models(),
            Firmwares = session.Firmwares(),
            Locations = session.Locations(),
            PhoneUrl = server.PhoneUrl,
        };
    });
}
