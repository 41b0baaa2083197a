using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.History;

/// <summary>The runs of a lab in a SQLite file; several runs may write to the same file.</summary>
public sealed class HistoryFile : IDisposable
{
    /// <summary>Number of runs that a trend looks back.</summary>
    public const int DefaultLast = 10;

    /// <summary>"OSHL", by which a file is known as a history.</summary>
    private const long Application = 0x4F53484C;

    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, run_id TEXT NOT NULL, started_at TEXT NOT NULL, seed INTEGER NOT NULL, lab_file TEXT NOT NULL,
            tool_version TEXT NOT NULL, complete INTEGER NOT NULL, lab_errors INTEGER NOT NULL);
        CREATE TABLE results (
            run INTEGER NOT NULL REFERENCES runs (id), case_id TEXT NOT NULL, phone_id TEXT NOT NULL,
            model TEXT NOT NULL, firmware TEXT NOT NULL, verdict TEXT NOT NULL,
            PRIMARY KEY (phone_id, case_id, run)) WITHOUT ROWID;
        CREATE INDEX results_of_run ON results (run);
        """;

    private readonly SqliteConnection connection;
    private readonly string file;

    private HistoryFile(SqliteConnection connection, string file)
    {
        this.connection = connection;
        this.file = file;
    }

    /// <summary>Opens a history.</summary>
    /// <param name="create">Makes the file when it is not there.</param>
    /// <exception cref="FormatException">The file is not there, cannot be written, or is something else.</exception>
    public static HistoryFile Open(string file, bool create)
    {
        if (!create && !File.Exists(file))
            throw new FormatException($"{file}: there is no such file; allowed is one that 'lab run --history FILE' wrote.");
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;");
            Prepare(connection, file);
            return new HistoryFile(connection, file);
        }
        catch (SqliteException broken)
        {
            connection.Dispose();
            throw new FormatException($"{file}: cannot be used as a history: {broken.Message} Allowed is a file that 'lab run --history' wrote, or a new one in a folder that is there.", broken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a run down, and gives its report with the history of each result, this run included.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RunReport Record(RunReport report, int last = DefaultLast)
    {
        try
        {
            using (var transaction = connection.BeginTransaction())
            {
                Insert(report, transaction);
                transaction.Commit();
            }

            var trends = Trends(last: last).ToDictionary(trend => (trend.CaseId, trend.PhoneId), trend => trend.History);
            var earlier = Runs(2) is [var run, _] ? run.RunId : "";
            return report with
            {
                PreviousRun = earlier,
                Results = [.. report.Results.Select(result => WithHistory(result, trends.GetValueOrDefault((result.CaseId, result.PhoneId))))],
            };
        }
        catch (SqliteException broken)
        {
            throw new IOException($"{file}: the run cannot be written to the history: {broken.Message}", broken);
        }
    }

    /// <summary>The last runs, oldest first.</summary>
    public IReadOnlyList<PastRun> Runs(int last = DefaultLast)
    {
        var rows = connection.Query<(string RunId, string StartedAt, long Seed, string LabFile, string ToolVersion, long Complete, long Bad, long Broken, long Results)>(
            """
            SELECT run_id, started_at, seed, lab_file, tool_version, complete,
                (SELECT COUNT(*) FROM results WHERE run = runs.id AND verdict IN ('fail', 'unexpected-pass')),
                lab_errors + (SELECT COUNT(*) FROM results WHERE run = runs.id AND verdict = 'lab-error'),
                (SELECT COUNT(*) FROM results WHERE run = runs.id AND verdict <> 'lab-error')
            FROM runs ORDER BY id DESC LIMIT @last
            """, new { last });
        return [.. rows.Reverse().Select(row => new PastRun(
            row.RunId, Time(row.StartedAt), (int)row.Seed, row.LabFile, row.ToolVersion, row.Complete != 0, (int)(row.Results - row.Bad), (int)row.Bad, (int)row.Broken))];
    }

    /// <summary>How the cases went, by phone and case.</summary>
    /// <param name="caseId">Only this case.</param>
    /// <param name="phoneId">Only this phone.</param>
    /// <param name="last">Number of runs to look back, from 1.</param>
    /// <exception cref="FormatException">The history has no such case or phone.</exception>
    public IReadOnlyList<CaseTrend> Trends(string? caseId = null, string? phoneId = null, int last = DefaultLast)
    {
        Known("case", "case_id", caseId);
        Known("phone", "phone_id", phoneId);
        var rows = connection.Query<(string CaseId, string PhoneId, string Verdict, string Firmware, string StartedAt)>(
            """
            SELECT case_id, phone_id, verdict, firmware, started_at FROM (
                SELECT case_id, phone_id, verdict, firmware, run, ROW_NUMBER() OVER (PARTITION BY phone_id, case_id ORDER BY run DESC) AS age FROM results
                WHERE (@caseId IS NULL OR case_id = @caseId) AND (@phoneId IS NULL OR phone_id = @phoneId))
            JOIN runs ON runs.id = run WHERE age <= @last ORDER BY phone_id, case_id, run
            """, new { caseId, phoneId, last });
        return [.. rows.GroupBy(row => (row.PhoneId, row.CaseId)).Select(group => Trend(
            group.Key.CaseId, group.Key.PhoneId, [.. group.Select(row => new PastResult(VerdictOf(row.Verdict), row.Firmware, Time(row.StartedAt)))]))];
    }

    public void Dispose() => connection.Dispose();

    private static void Prepare(SqliteConnection connection, string file)
    {
        // One of two that make the same file at once waits here for the other one.
        using var transaction = connection.BeginTransaction();
        var application = connection.ExecuteScalar<long>("PRAGMA application_id", transaction: transaction);
        var version = connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction);
        var tables = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master", transaction: transaction);
        if (application == 0 && version == 0 && tables == 0)
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"{Tables} PRAGMA application_id={Application}; PRAGMA user_version={SchemaVersion};"), transaction: transaction);
            transaction.Commit();
        }
        else if (application != Application)
        {
            throw new FormatException($"{file}: is a database of something else; allowed is a file that 'lab run --history' wrote, or a new one.");
        }
        else if (version != SchemaVersion)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{file}: user_version: {version} is not allowed; allowed is {SchemaVersion}."));
        }
    }

    private void Insert(RunReport report, SqliteTransaction transaction)
    {
        var phones = report.Phones.ToDictionary(phone => phone.Id);
        var run = connection.ExecuteScalar<long>(
            """
            INSERT INTO runs (run_id, started_at, seed, lab_file, tool_version, complete, lab_errors)
            VALUES (@RunId, @StartedAt, @Seed, @LabFile, @ToolVersion, @Complete, @LabErrors) RETURNING id
            """,
            new
            {
                report.RunId,
                StartedAt = report.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                report.Seed,
                report.LabFile,
                report.ToolVersion,
                report.Complete,
                LabErrors = report.LabErrors.Count,
            }, transaction);
        connection.Execute(
            "INSERT OR REPLACE INTO results (run, case_id, phone_id, model, firmware, verdict) VALUES (@run, @CaseId, @PhoneId, @Model, @Firmware, @Verdict)",
            report.Results.Select(result => new
            {
                run,
                result.CaseId,
                result.PhoneId,
                phones[result.PhoneId].Model,
                phones[result.PhoneId].Firmware,
                Verdict = ReportWriter.Word(result.Verdict),
            }), transaction);
    }

    private void Known(string what, string column, string? value)
    {
        if (value is null || connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM results WHERE {column} = @value", new { value }) > 0)
            return;
        var known = connection.Query<string>($"SELECT DISTINCT {column} FROM results ORDER BY {column}").ToList();
        throw new FormatException($"{file}: {what}: '{value}' is not allowed; allowed {(known.Count == 0 ? "is none, as the history is empty" : $"are {string.Join(", ", known)}")}.");
    }

    private static ResultEntry WithHistory(ResultEntry result, CaseHistory? history) =>
        result with { History = history, Previous = history?.Trend is [.., var before, _] ? before : null };

    private static CaseTrend Trend(string caseId, string phoneId, IReadOnlyList<PastResult> results) => new(caseId, phoneId, results[^1].Firmware, new CaseHistory
    {
        Trend = [.. results.Select(result => result.Verdict)],
        FlakeScore = FlakeScore.Of(results),
        LastPassedAt = results.LastOrDefault(result => result.Verdict is Verdict.Pass or Verdict.UnexpectedPass)?.StartedAt,
    });

    private Verdict VerdictOf(string word) => Enum.GetValues<Verdict>().Cast<Verdict?>().FirstOrDefault(verdict => ReportWriter.Word(verdict!.Value) == word)
        ?? throw new FormatException($"{file}: results.verdict: '{word}' is not allowed; allowed are {string.Join(", ", Enum.GetValues<Verdict>().Select(ReportWriter.Word))}.");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
