using OpenStage.Benchmarks.Load;

namespace OpenStage.Benchmarks;

/// <summary>What the command was asked for.</summary>
internal sealed record BenchOptions
{
    /// <summary>Figures to take; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Length of each round, 0.1 to 600 s. Default 3 s.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Most sessions of a round, 1 to 10,000,000; null for as many as the time allows.</summary>
    public int? Sessions { get; init; }

    /// <summary>Rounds of each figure, 1 to 100. Default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Time before the first round in which everything is compiled to its last form, 0 to 600 s. Default 8 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Sessions at a time, 1 to 1000. Default 8.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>The only phones that sessions are of; null for all mixes, in turn.</summary>
    public PhoneMix? Mix { get; init; }

    /// <summary>Phones of a storm, 1 to 100,000. Default 10,000.</summary>
    public int Phones { get; init; } = 10_000;

    /// <summary>Seed of everything that is made up. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The server's assembly; the one beside this program by default.</summary>
    public string Server { get; init; } = Path.Combine(AppContext.BaseDirectory, "OpenStage.Server.dll");

    /// <summary>Another assembly of the server, to be the floor of sessions in place of the bare endpoint; null for that.</summary>
    public string? Beside { get; init; }

    /// <summary>Connection string of a PostgreSQL server, to measure with it, too; null for SQLite alone.</summary>
    public string? Postgres { get; init; }

    /// <summary>Folder of filled stores, so that the next run need not fill them again; null to make and delete them.</summary>
    public string? Keep { get; init; }
}
