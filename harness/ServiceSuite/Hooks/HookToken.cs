using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Finds the token of a hook where the lab file says; it is never printed.</summary>
internal static class HookToken
{
    /// <param name="labFile">Path of the lab file.</param>
    /// <returns>The token, or empty when the hook needs none.</returns>
    /// <exception cref="LabErrorException">There is none where it should be.</exception>
    public static string Read(LabHook hook, string labFile)
    {
        if (hook.TokenVariable is { } variable)
            return Checked(Environment.GetEnvironmentVariable(variable) ?? "", $"the environment variable {variable}");
        if (hook.TokenFile is not { } name)
            return "";
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(labFile)) ?? "", name);
        try
        {
            return Checked(File.ReadAllText(file), $"the file {file}");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new LabErrorException($"The token of the hook cannot be read: {broken.Message}", broken);
        }
    }

    private static string Checked(string text, string place)
    {
        var token = text.Trim();
        return token.Length > 0 && !token.Any(char.IsControl)
            ? token
            : throw new LabErrorException($"The token of the hook is missing: {place} is empty, not there, or has several lines; allowed is one line with the token.");
    }
}
