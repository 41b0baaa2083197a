namespace OpenStage.Lab;

/// <summary>A file that an option names for what a verb has to say.</summary>
internal static class OutputFile
{
    /// <exception cref="FormatException">It cannot be written; the message names option, file and what is allowed.</exception>
    public static async Task WriteAsync(string option, string file, string text, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(file, text, cancellation);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"{option} '{file}' cannot be written: {broken.Message} Allowed is a file in a folder that is there.", broken);
        }
    }
}
