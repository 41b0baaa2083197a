using System.CommandLine;
using System.Globalization;
using OpenStage.Server.Operations;

namespace OpenStage.Server.Start;

/// <summary>Verbs for the store.</summary>
internal static class StoreVerbs
{
    public static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "File to write, such as store.zip; one of this name is replaced" };
        var verb = new Command("backup", "Writes all that the store holds into one file, also while servers run. The key is not in it: keep it apart.\n\nExample: server backup --config server.json store.zip") { file };
        verb.SetAction((arguments, _) => Refusals.CatchAsync(async () =>
        {
            var options = ConfigurationOptions.Read(arguments).Server;
            var name = arguments.GetValue(file)!;
            var manifest = StoreBackup.Write(options, name, TimeProvider.System.GetUtcNow());
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {Words(manifest)}. It opens only with the key {manifest.KeyId}, which is not in it."));
            return ExitCode.Good;
        }));
        return verb;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "A file that backup wrote" };
        var replace = new Option<bool>("--replace") { Description = "Replace what the store holds now" };
        var verb = new Command("restore", "Fills the store from a backup, on SQLite or PostgreSQL whichever it is of. All servers on the store must have ended.\n\nExample: server restore --config server.json store.zip") { file, replace };
        verb.SetAction((arguments, _) => Refusals.CatchAsync(async () =>
        {
            var options = ConfigurationOptions.Read(arguments).Server;
            var manifest = StoreRestore.Run(options, arguments.GetValue(file)!, arguments.GetValue(replace));
            await Console.Out.WriteLineAsync($"restored: {Words(manifest)}.");
            return ExitCode.Good;
        }));
        return verb;
    }

    private static string Words(BackupManifest manifest) => string.Create(CultureInfo.InvariantCulture,
        $"{manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Rows)} rows, schema version {manifest.SchemaVersion}, of {manifest.Created:yyyy-MM-dd HH:mm:ss}Z");
}
