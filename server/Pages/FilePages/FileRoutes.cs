using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Devices;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.FilePages;

/// <summary>The pages of the library of files and firmware.</summary>
internal sealed class FileRoutes(ProvisioningServer server)
{
    private const int PageSize = 50;
    private const int PhonesOffered = 200;

    private static readonly FormFields Upload = new(FileForm.Fields);

    public void Map(PageMap map)
    {
        map.Get("/files", context => PageMap.Page<FileListPage>(ReadList(context)));
        map.Get("/files/new", _ => ShowNew(new FormInput(new Dictionary<string, string> { ["type"] = FileTypes.All[0] })));
        map.Post("/files", UploadAsync).WithMetadata(new StreamedForm());
        map.Get("/files/{id}", context => Show(context));
        map.Post("/files/{id}", FileForm.Fields, Change, (context, form) => Show(context, form));
        map.Post("/files/{id}/delete", "", Delete, (context, form) => Show(context, kept: form.Wrong));
        map.Get("/files/{id}/deploy", Deploy);
    }

    private FileListModel ReadList(HttpContext context)
    {
        var search = PageRequest.Text(context, "q");
        var type = PageRequest.Text(context, "type") is { } asked ? FileFactsCheck.Type("type", asked, FileTypes.All) : null;
        var filter = new FileFilter { Search = search, Type = type };
        var paging = Paging.Of(PageRequest.Page(context), PageSize, server.Files.Count(filter));
        return new FileListModel(search, type, server.Files.List(filter with { Skip = paging.Skip, Top = PageSize }), paging);
    }

    private async Task<IResult> UploadAsync(HttpContext context)
    {
        var upload = await FileUpload.ReadAsync(context, Upload);
        AuditNote.Set(context, $"upload of '{FileFactsCheck.Shown(upload.Form["name"])}', {FileFactsCheck.Shown(upload.Form["type"])}");
        return await PageMap.AnswerAsync(context, upload.Form, (_, form) => TakeAsync(context, form, upload), (_, form) => ShowNew(form));
    }

    private async Task<IResult> TakeAsync(HttpContext context, FormInput form, FileUpload upload)
    {
        if (upload.Content is not { } content || upload.FileName.Length == 0)
            throw new RequestException(FileUpload.File, "none", "a file");
        try
        {
            var file = await server.Files.AddAsync(FileForm.Read(form, upload.FileName), context.User.Identity?.Name ?? "", content, context.RequestAborted);
            await FinishAsync(upload, file, context.RequestAborted);
            return Results.LocalRedirect(Link(file.Id));
        }
        catch (RequestException wrong)
        {
            // A browser shows an answer only when all was taken that it sends.
            if (context.Request.ContentLength <= server.Files.MaxBytes)
                await content.CopyToAsync(Stream.Null, context.RequestAborted);
            throw wrong.Field == "body" ? new RequestException(FileUpload.File, wrong.Value, wrong.Allowed) { Status = wrong.Status } : wrong;
        }
    }

    /// <summary>Takes the file out again when the form was not as its page sends it.</summary>
    private async Task FinishAsync(FileUpload upload, LibraryFile file, CancellationToken cancellation)
    {
        try
        {
            await upload.EndAsync(cancellation);
        }
        catch
        {
            server.Files.Delete(file.Id);
            throw;
        }
    }

    private IResult Change(HttpContext context, FormInput form)
    {
        var file = server.Files.Change(Id(context), FileForm.Read(form, ""));
        return Results.LocalRedirect(Link(file.Id));
    }

    private IResult Delete(HttpContext context, FormInput form)
    {
        server.Files.Delete(Id(context));
        return Results.LocalRedirect("/files");
    }

    /// <summary>Leads to the form of a job that is filled in.</summary>
    private IResult Deploy(HttpContext context)
    {
        var file = Known(context);
        var asked = context.Request.Query["mac"].ToString();
        if (!MacAddress.TryNormalise(asked, out var mac) || server.Devices.Get(mac) is null)
        {
            var wrong = new RequestException("mac", FileFactsCheck.Shown(asked), "the MAC address of a phone that has called");
            return Show(context, deploy: new FormInput(new Dictionary<string, string> { ["mac"] = wrong.Value }, wrong));
        }

        var id = file.Id.ToString(CultureInfo.InvariantCulture);
        return Results.LocalRedirect(PageRequest.Link($"/phones/{mac}", file.Type == FileTypes.Firmware
            ? [("kind", nameof(JobKind.SoftwareDeployment)), ("firmware", id)]
            : [("kind", nameof(JobKind.FileDeployment)), ("files", id)]) + "#new-job");
    }

    private RazorComponentResult<NewFilePage> ShowNew(FormInput form) => PageMap.Page<NewFilePage>(new NewFileModel(form, server.Files.MaxBytes), form);

    private RazorComponentResult<FilePage> Show(HttpContext context, FormInput? form = null, FormInput? deploy = null, RequestException? kept = null)
    {
        var file = Known(context);
        var model = new FileModel
        {
            File = file,
            Jobs = server.Files.OpenJobs(file.Id),
            Phones = [.. server.Store.Read(session => session.Devices(new DeviceFilter { Top = PhonesOffered }))
                .Where(phone => file.DeviceTypes.Count == 0 || file.DeviceTypes.Contains(phone.Model, StringComparer.OrdinalIgnoreCase)).Select(phone => phone.Mac)],
            Form = form ?? FileForm.Of(file),
            Deploy = deploy ?? FormInput.Empty,
            Kept = kept,
        };
        return PageMap.Page<FilePage>(model, (kept ?? form?.Wrong ?? deploy?.Wrong)?.Status ?? StatusCodes.Status200OK);
    }

    private LibraryFile Known(HttpContext context) => server.Files.Get(Id(context)) ?? throw FileLibrary.NotFound(Id(context));

    private static long Id(HttpContext context) => PageRequest.Id(context, "file");

    private static string Link(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/{id}");
}
