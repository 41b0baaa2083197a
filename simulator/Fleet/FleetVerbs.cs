using System.CommandLine;
using System.Globalization;

namespace OpenStage.Simulator.Fleet;

/// <summary><c>simulator fleet</c> and <c>simulator fleet-result</c>.</summary>
internal static class FleetVerbs
{
    private const int UsageError = 2;

    private static readonly Option<FileInfo?> FleetFile = new("--file") { Description = "A fleet file; fixtures/fleets has some, with the schema." };
    private static readonly Option<string?> Server = new("--server") { Description = "The provisioning service, such as https://127.0.0.1:18443; needed unless the file has it." };
    private static readonly Option<int> Count = new("--count") { DefaultValueFactory = _ => 10, Description = "Number of phones, 1 to 100000." };
    private static readonly Option<string[]> Model = new("--model") { Description = "Device types, taken in turn; all OpenStage models without it.", DefaultValueFactory = _ => [] };
    private static readonly Option<string> Mac = new("--mac") { DefaultValueFactory = _ => "00:1A:E8:10:00:00", Description = "MAC address of the first phone; the others follow." };
    private static readonly Option<string> FirstAddress = new("--address") { DefaultValueFactory = _ => "127.60.0.1", Description = "Loopback address of the first phone; the others follow." };
    private static readonly Option<string[]> Quirk = new("--quirk") { Description = "A quirk that every phone wears; may be given several times.", DefaultValueFactory = _ => [] };
    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of nonces.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Shard = new("--shard") { Description = "K/N: this machine has every N-th phone, from the K-th on; all machines have the same file and seed." };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "File for the result." };
    private static readonly Option<bool> Once = new("--once") { Description = "End when the questions are answered, and not at Ctrl-C; exit code 1 when a phone was not served." };
    private static readonly Option<string?> Admin = new("--admin") { Description = "Administration of the service, such as http://127.0.0.1:8080: times campaigns over all phones." };
    private static readonly Option<string> TokenVariable = new("--token-variable") { DefaultValueFactory = _ => "OPENSTAGE_TOKEN", Description = "Environment variable with a token of an operator for --admin." };
    private static readonly Option<FileInfo?> TokenFile = new("--token-file") { Description = "File with that token, in place of the variable." };
    private static readonly Option<string> Control = new("--control-port") { DefaultValueFactory = _ => "8090", Description = "Port of the REST control on 127.0.0.1, 0 for any free one, off for none." };

    /// <summary>Options that say what a file says too.</summary>
    private static readonly Option[] OfNoFile = [Count, Model, Mac, FirstAddress, Quirk, Seed];

    public static Command Fleet()
    {
        var verb = new Command("fleet", "Boots many phones in one process: those of a file, or --count of them.\n\nExample: simulator fleet --server https://127.0.0.1:18443 --count 50 --model \"OpenStage 40\" --model \"OpenStage 60\"\n         simulator fleet --file fixtures/fleets/small-site.json --once --out result.json")
        {
            FleetFile, Server, Count, Model, Mac, FirstAddress, Quirk, Seed, Shard, Out, Once, Admin, TokenVariable, TokenFile, Control,
        };
        verb.SetAction((parsed, cancellation) => GuardAsync(() => new FleetSession(Plan(parsed), RunOptions(parsed), TimeProvider.System).RunAsync(cancellation)));
        return verb;
    }

    public static Command FleetResults()
    {
        var files = new Argument<FileInfo[]>("files") { Arity = ArgumentArity.OneOrMore, Description = "Results of machines that shared a fleet." };
        var output = new Option<FileInfo?>("--out") { Description = "File for the merged result; standard output without it." };
        var verb = new Command("fleet-result", "Merges the results of machines that shared a fleet.\n\nExample: simulator fleet-result one.json two.json --out both.json") { files, output };
        verb.SetAction((parsed, _) => GuardAsync(async () =>
        {
            var merged = FleetMerge.Of([.. parsed.GetValue(files)!.Select(file => (file.Name, FleetResult.Read(file.FullName)))]).ToJson();
            if (parsed.GetValue(output) is { } file)
                await File.WriteAllTextAsync(file.FullName, merged);
            else
                Console.Write(merged);
            return 0;
        }));
        return verb;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return UsageError;
        }
    }

    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    private static FleetPlan Plan(ParseResult parsed)
    {
        var server = parsed.GetValue(Server) is { } text ? HttpsAddress("server", text) : null;
        if (parsed.GetValue(FleetFile) is { } file)
        {
            if (OfNoFile.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } twice)
                throw new ArgumentException($"{twice.Name} cannot be given beside --file; allowed is to change the file.");
            return FleetFileReader.Read(file.ToString(), server);
        }

        var count = parsed.GetValue(Count);
        if (count is < 1 or > FleetPlan.MostPhones)
            throw PhoneOptions.Refuse("count", $"{count}", $"1 to {FleetPlan.MostPhones}");
        IReadOnlyList<FleetModel> models = [.. parsed.GetValue(Model)!.Select(model => new FleetModel(model, null, 1))];
        return new FleetPlan
        {
            Server = server ?? throw PhoneOptions.Refuse("server", "", "an https address such as https://127.0.0.1:18443, or a --file that has one"),
            Count = count,
            Seed = parsed.GetValue(Seed),
            Addresses = FleetAddresses.From(parsed.GetValue(Mac)!, parsed.GetValue(FirstAddress)!, count),
            Models = models.Count > 0 ? models : FleetPlan.AllModels,
            TakesModelsInTurn = true,
            Quirks = [.. parsed.GetValue(Quirk)!.Select(quirk => new FleetQuirk(quirk, 100))],
        };
    }

    private static FleetRunOptions RunOptions(ParseResult parsed)
    {
        var admin = parsed.GetValue(Admin) is { } text ? AdminAddress(text) : null;
        return new FleetRunOptions
        {
            Shard = parsed.GetValue(Shard) is { } shard ? FleetShard.Parse(shard) : FleetShard.Whole,
            ControlPort = Port(parsed.GetValue(Control)!),
            Once = parsed.GetValue(Once),
            Output = parsed.GetValue(Out)?.FullName,
            Admin = admin,
            Token = admin is null ? "" : Token(parsed.GetValue(TokenFile), parsed.GetValue(TokenVariable)!),
        };
    }

    private static string Token(FileInfo? file, string variable)
    {
        var token = (file is null ? Environment.GetEnvironmentVariable(variable) : File.ReadAllText(file.FullName))?.Trim();
        if (string.IsNullOrEmpty(token) || token.Any(letter => letter is <= ' ' or > '~'))
            throw new ArgumentException($"--admin needs a token: {(file is null ? $"the environment variable {variable}" : file.ToString())} has none; allowed is a token of an operator without blanks.");
        return token;
    }

    private static int? Port(string text) => text == "off" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 ? port
        : throw PhoneOptions.Refuse("control port", text, "0 to 65535, or off");

    private static Uri HttpsAddress(string key, string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address
        : throw PhoneOptions.Refuse(key, text, "an https address such as https://127.0.0.1:18443");

    private static Uri AdminAddress(string text) => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0
            ? address
            : throw PhoneOptions.Refuse("admin", text.Contains('@', StringComparison.Ordinal) ? "(one with a user, not shown)" : text, "an address such as http://127.0.0.1:8080");
}
