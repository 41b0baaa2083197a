namespace OpenStage.Server.Start;

/// <summary>Exit codes of the command.</summary>
internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>The command line, the configuration or a file cannot be used.</summary>
    public const int Configuration = 2;

    /// <summary>What the command works with failed: the store while it was worked with, or the server is not ready.</summary>
    public const int Failure = 3;
}
