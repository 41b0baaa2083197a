using System.Data.Common;
using OpenStage.Server.Configuration;

namespace OpenStage.Server.Start;

/// <summary>Turns what a verb cannot do into a line on standard error and an exit code.</summary>
internal static class Refusals
{
    public static async Task<int> CatchAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (ConfigurationException wrong)
        {
            foreach (var problem in wrong.Problems)
                await Console.Error.WriteLineAsync($"error: {problem}");
            return ExitCode.Configuration;
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"error: {wrong.Message}");
            return ExitCode.Configuration;
        }
        catch (DbException broken)
        {
            await Console.Error.WriteLineAsync($"error: the store failed: {broken.Message}");
            return ExitCode.Failure;
        }
    }
}
