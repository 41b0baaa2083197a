using System.Globalization;
using System.Text.RegularExpressions;
using OpenStage.Harness.Conversations;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>Files that a phone is told to load or to delete (WPI guide p.52-55).</summary>
[Guide("3.6", Page = 52)]
public sealed class FileDeployments(string phoneId) : PhoneCases(phoneId)
{
    private const string Ring = "conformance.wav";
    private const string OtherRing = "conformance-2.wav";
    private const string Type = "RINGTONE";

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<FileStatus> Statuses =>
    [
        new("wpi/3.6/4", "A file that was loaded is ok", "file-deployment-status is ok for a file that was loaded.", "file-status-in-words", "file-deployment-status", "^ok$", "ok"),
        new("wpi/3.6/6", "The status names the file", "file-deployment-name is the name of the file.", "file-name-wrong", "file-deployment-name", "^conformance\\.wav$", Ring),
        new("wpi/3.6/7", "The status says the type of the file", "file-deployment-type is the type of the file.", "file-type-wrong", "file-deployment-type", "^RINGTONE$", Type),
        new("wpi/3.6/8", "The date has colons", "file-deployment-date is day, month and year with colons.", "file-date-other-form", "file-deployment-date", @"^\d\d:\d\d:\d{4}$", "such as 31:12:2016"),
        new("wpi/3.6/9", "The time has seconds", "file-deployment-time is hours, minutes and seconds.", "file-time-without-seconds", "file-deployment-time", @"^\d\d:\d\d:\d\d$", "such as 23:59:59"),
        new("wpi/3.6/10", "The status has the phone's number", "status has the basic items.", "no-e164", "e164", "^.*$", "a number, or empty"),
    ];

    [CaseTable(nameof(Statuses))]
    public async Task The_status_after_a_file_has_the_item(FileStatus row)
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, File(shelf, Ring));
        await talk.EndAsync();
        var found = status.Item(row.Item)?.Text;
        Expect(found is not null && Regex.IsMatch(found, row.Pattern, RegexOptions.CultureInvariant, MatchLimit), $"{row.Item}: {row.Form}", found is null ? "no such item" : $"'{found}'");
    }

    [Case("wpi/3.6/1", Level.Must, "The file is fetched from the HTTPS address that the job gives, name and all.", Page = 53, Catches = ["deployments-ignored"])]
    public async Task The_file_is_fetched_from_the_address_given()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.FileDeployment, File(shelf, Ring));
        await Phone.Time.UntilAsync(() => shelf.Requests.Count > 0, Loading);
        Expect(shelf.Requests.Any(request => request.Method == "GET" && request.Target == $"/files/{Ring}"), $"GET /files/{Ring}",
            shelf.Requests.Count == 0 ? "no request" : string.Join(", ", shelf.Requests.Select(request => $"{request.Method} {request.Target}")));
    }

    [Case("wpi/3.6/2", Level.Must, "After a file the phone sends status.", Catches = ["status-never-sent", "deployments-ignored"])]
    public async Task A_file_is_followed_by_status()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, File(shelf, Ring));
        await talk.EndAsync();
        ExpectText("status", status.Reason, "ReasonForContact");
    }

    [Case("wpi/3.6/3", Level.Must, "FileDeployment is not replied to.", Catches = ["answers-deployments"])]
    public async Task FileDeployment_is_not_replied_to()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var next = await DeployAsync(talk, File(shelf, Ring));
        await talk.EndAsync();
        Expect(next.Reason != "reply-to", "no reply before status", next.ToString());
    }

    [Case("wpi/3.6/5", Level.Must, "A file that could not be loaded is failed.", Page = 54, Catches = ["file-status-always-ok"])]
    public async Task A_file_that_is_not_there_is_failed()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, File(shelf, "missing.wav"));
        await talk.EndAsync();
        ExpectText("failed", status.Item("file-deployment-status")?.Text, "file-deployment-status");
    }

    [Case("wpi/3.6/28", Level.Should, "One file brings one status.", Catches = ["status-twice"])]
    public async Task One_file_brings_one_status()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        await DeployAsync(talk, File(shelf, Ring));
        await talk.EndAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after the one status");
    }

    [Case("wpi/3.6/29", Level.Should, "file-deployment-date is the day of the deployment.", Page = 54, Catches = ["clock-far-off"])]
    public async Task The_date_is_that_of_the_deployment()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, File(shelf, Ring));
        await talk.EndAsync();
        var said = status.Item("file-deployment-date")?.Text;
        var today = Phone.Time.Now;
        // The phone's time zone is its own, so the days beside are right as well.
        var allowed = new[] { today.AddDays(-1), today, today.AddDays(1) }.Select(day => day.ToString("dd':'MM':'yyyy", CultureInfo.InvariantCulture)).ToList();
        Expect(said is not null && allowed.Contains(said), $"file-deployment-date {allowed[1]}", said is null ? "no such item" : $"'{said}'");
    }

    [Case("wpi/3.6/12", Level.Must, "A type that does not exist is not loaded.", Page = 245, Catches = ["file-status-always-ok"])]
    public async Task A_file_of_an_unknown_type_is_failed()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, new Item("file-https-base-url", Address(shelf, Ring)), new Item("file-type", "PERFUME"));
        await talk.EndAsync();
        ExpectText("failed", status.Item("file-deployment-status")?.Text, "file-deployment-status");
    }

    [Case("wpi/3.6/14", Level.Must, "ReadAllItems lists the files that were deployed.", Page = 245, Catches = ["stored-files-unlisted"])]
    public async Task ReadAllItems_lists_the_file()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        await DeployAsync(talk, File(shelf, Ring));
        var names = Names(await talk.ReadAllAsync());
        await talk.EndAsync();
        Expect(names.Contains(Ring), $"file-deployment-name {Ring} with an index", names.Count == 0 ? "no files" : string.Join(", ", names));
    }

    [Case("wpi/3.6/15", Level.Must, "Several files in one message are told apart by index.", Page = 55, Catches = ["deployments-ignored"])]
    public async Task Two_files_of_one_message_are_both_fetched()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.FileDeployment, [.. File(shelf, Ring, 1), .. File(shelf, OtherRing, 2)]);
        await Phone.Time.UntilAsync(() => shelf.Requests.Count > 1, Loading);
        var missing = new[] { Ring, OtherRing }.Where(name => !shelf.Requests.Any(request => request.Target == $"/files/{name}")).ToList();
        Expect(missing.Count == 0, "a request for each file", $"none for {string.Join(", ", missing)}");
    }

    [Case("wpi/3.6/16", Level.Must, "A file is deleted by its name and type.", Page = 55, Catches = ["files-never-deleted"])]
    public async Task A_deleted_file_is_listed_no_more()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        await DeployAsync(talk, File(shelf, Ring));
        await ChangeFilesAsync(talk, Deletion(Ring, 1));
        using var next = await Phone.SolicitAsync();
        var names = Names(await next.ReadAllAsync());
        await next.EndAsync();
        Expect(!names.Contains(Ring), $"no file {Ring}", string.Join(", ", names));
    }

    [Case("wpi/3.6/17", Level.Informational, "Several files bring a status with indexes (field).", Page = 55, Catches = ["status-not-for-several"])]
    public async Task Several_files_bring_a_status()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        var status = await DeployAsync(talk, [.. File(shelf, Ring, 1), .. File(shelf, OtherRing, 2)]);
        await talk.EndAsync();
        Expect(status.Item("file-deployment-status", "1") is not null && status.Item("file-deployment-status", "2") is not null, "file-deployment-status with index 1 and 2", string.Join(", ", status.Items));
    }

    [Case("wpi/3.6/18", Level.Must, "file-action deploy loads a file.", Page = 55, Catches = ["deployments-ignored"])]
    public async Task The_action_deploy_loads_a_file()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.FileDeployment, [.. File(shelf, Ring, 1), new Item("file-action", "deploy", 1)]);
        await Phone.Time.UntilAsync(() => shelf.Requests.Count > 0, Loading);
        Expect(shelf.Requests.Count > 0, $"a request for {Ring}", "none");
    }

    [Case("wpi/3.6/19", Level.Should, "Loading and deleting can be mixed in one message.", Page = 55, Catches = ["files-never-deleted", "deployments-ignored"])]
    public async Task One_message_deletes_a_file_and_loads_another()
    {
        using var shelf = Shelf();
        using var talk = await Phone.SolicitAsync();
        await DeployAsync(talk, File(shelf, Ring));
        await ChangeFilesAsync(talk, [.. Deletion(Ring, 1), .. File(shelf, OtherRing, 2), new Item("file-action", "deploy", 2)]);
        using var next = await Phone.SolicitAsync();
        var names = Names(await next.ReadAllAsync());
        await next.EndAsync();
        Expect(!names.Contains(Ring) && names.Contains(OtherRing), $"{OtherRing} and not {Ring}", names.Count == 0 ? "no files" : string.Join(", ", names));
    }

    private LabListener Shelf() => Phone.Serve(ListenerKind.Https, request =>
        request.Target is $"/files/{Ring}" or $"/files/{OtherRing}" ? new LabAnswer(200, new byte[2000], "audio/wav") : LabAnswer.NotFound);

    private static string Address(LabListener shelf, string name) => new Uri(shelf.Url, $"/files/{name}").ToString();

    private static Item[] File(LabListener shelf, string name, int? index = null) =>
        [new("file-https-base-url", Address(shelf, name), index), new("file-type", Type, index)];

    private static Item[] Deletion(string name, int index) =>
        [new("file-name", name, index), new("file-type", Type, index), new("file-action", "delete", index)];

    private static async Task<WireMessage> DeployAsync(Conversation talk, params Item[] items)
    {
        talk.Answer(ServerAction.FileDeployment, items);
        return await talk.NextAsync("status after the file", Loading);
    }

    /// <summary>Changes files; whether status follows is left open, by the guide it does not (p.55).</summary>
    private async Task ChangeFilesAsync(Conversation talk, params Item[] items)
    {
        talk.Answer(ServerAction.FileDeployment, items);
        if (await Phone.Time.UntilAsync(() => talk.HasNext, Loading))
        {
            await talk.NextAsync("status");
            await talk.EndAsync();
        }
    }

    private static List<string> Names(IReadOnlyList<WireItem> items) => [.. items.Where(item => item.Name == "file-deployment-name").Select(item => item.Text)];
}
