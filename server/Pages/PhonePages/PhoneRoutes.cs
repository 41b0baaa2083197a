using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Devices;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>The pages of one phone.</summary>
internal sealed class PhoneRoutes(ProvisioningServer server)
{
    private const int JobsShown = 10;
    private const int ObservationsShown = 20;
    private const int ItemsShown = 100;
    private const int FilesShown = 500;
    private const int ChangesShown = 200;
    private const int ExchangesShown = 100;

    /// <summary>Fields of the form of a job that a link may fill in.</summary>
    private static readonly string[] OfferedFields = ["items", "files", "firmware"];

    public void Map(PageMap map)
    {
        map.Get("/phones/{mac}", context => Show(context, Offered(context)));
        map.Get("/phones/{mac}/items", context => PageMap.Page<PhoneItemsPage>(ReadItems(context)));
        map.Get("/phones/{mac}/changes", context => PageMap.Page<PhoneChangesPage>(ReadChanges(PageRequest.Mac(context))));
        map.Get("/phones/{mac}/messages", context => PageMap.Page<PhoneMessagesPage>(ReadMessages(PageRequest.Mac(context))));
        map.Post("/phones/{mac}/jobs", JobForm.Fields, CreateAsync, (context, form) => Show(context, form));
        map.Post("/phones/{mac}/location", "location", Locate, (context, form) => Show(context, JobForm.Blank, form));
    }

    private async Task<IResult> CreateAsync(HttpContext context, FormInput form)
    {
        var mac = PageRequest.Mac(context);
        server.Store.Read(session => Known(session, mac));
        // The items may hold passwords.
        AuditNote.Set(context, $"new job {form["kind"]}");
        var content = new DeploymentForm(form, "");
        var request = JobForm.Read(content, form, mac, context.User.Identity?.Name ?? "", server.Files.Get);
        var job = await content.PlacedAsync(() => server.Jobs.CreateAsync(request));
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/jobs/{job.Id}"));
    }

    private IResult Locate(HttpContext context, FormInput form)
    {
        var mac = PageRequest.Mac(context);
        server.Devices.Locate(mac, form["location"]);
        return Results.LocalRedirect($"/phones/{mac}");
    }

    private RazorComponentResult<PhonePage> Show(HttpContext context, FormInput newJob, FormInput? location = null) =>
        PageMap.Page<PhonePage>(Read(PageRequest.Mac(context), newJob, location), location ?? newJob);

    /// <summary>The form of a new job as a link asks for it, such as that of an item or a file.</summary>
    private static FormInput Offered(HttpContext context)
    {
        return PageRequest.Text(context, "kind") is not { } kind ? JobForm.Blank : JobForm.Of(kind,
            OfferedFields.Select(name => KeyValuePair.Create(name, PageRequest.Text(context, name) ?? "")));
    }

    private PhoneModel Read(string mac, FormInput newJob, FormInput? location) => server.Store.Read(session =>
    {
        var head = Head(session, mac);
        return new PhoneModel
        {
            Head = head,
            Owner = session.UserPhoneByMac(mac) is { } phone && session.PhoneUser(phone.UserId) is { } user
                ? new PhoneOwner(user.Id, phone.Id, user.Name, user.ExtensionNumber)
                : null,
            Jobs = session.Jobs(new JobFilter { Mac = mac, Top = JobsShown }),
            Observations = [.. server.Observations.All.Reverse().Where(seen => seen.Mac == mac).Take(ObservationsShown)],
            Locations = session.Locations(),
            Library = session.Files(new FileFilter { Top = FilesShown }),
            NewJob = newJob,
            Location = location ?? new FormInput(new Dictionary<string, string> { ["location"] = head.Phone.Location }),
        };
    });

    private PhoneItemsModel ReadItems(HttpContext context)
    {
        var mac = PageRequest.Mac(context);
        var (head, items) = server.Store.Read(session => (Head(session, mac), session.Items(mac)));
        var rows = items.Select(PhoneItemRow.Of).ToList();
        var search = PageRequest.Text(context, "q");
        var group = PageRequest.Text(context, "group");
        var found = rows.Where(row => (search is null || row.Matches(search)) && (group is null || row.Group == group)).ToList();
        var paging = Paging.Of(PageRequest.Page(context), ItemsShown, found.Count);
        return new PhoneItemsModel
        {
            Head = head,
            Search = search,
            Group = group,
            Groups = [.. rows.Select(row => row.Group).Distinct().Order(StringComparer.Ordinal)],
            Rows = [.. found.Skip(paging.Skip).Take(ItemsShown)],
            Paging = paging,
        };
    }

    private PhoneChangesModel ReadChanges(string mac) => server.Store.Read(session => new PhoneChangesModel(
        Head(session, mac),
        [.. session.ItemChanges(mac, ChangesShown).Select(change => change with
        {
            Before = change.Before is { } before ? ItemView.Masked(change.Name, before) : null,
            After = change.After is { } after ? ItemView.Masked(change.Name, after) : null,
        })]));

    private PhoneMessagesModel ReadMessages(string mac)
    {
        var head = server.Store.Read(session => Head(session, mac));
        return new PhoneMessagesModel(head, PhoneConversation.Of([.. server.Recent.Of(mac).TakeLast(ExchangesShown)], server.Inspection.Start));
    }

    /// <summary>What stands above each page of one phone.</summary>
    /// <exception cref="RequestException">No such phone has called.</exception>
    public static PhoneHead Head(StoreSession session, string mac)
    {
        var phone = Known(session, mac);
        return new PhoneHead(phone, session.CountOpenJobs([mac]).GetValueOrDefault(mac), session.Items(mac).Count);
    }

    private static Device Known(StoreSession session, string mac) =>
        session.Device(mac) ?? throw RequestException.NotFound("phone", mac, "the MAC address of a phone that has called");
}
