namespace OpenStage.Server.Storage;

/// <summary>The folder of database and certificate.</summary>
internal static class DataFolder
{
    /// <summary>Creates the folder for its owner only: it holds passwords and a key. One that is there keeps its rights.</summary>
    /// <exception cref="ArgumentException">It cannot be created.</exception>
    public static void Ensure(string folder)
    {
        if (Directory.Exists(folder))
            return;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(folder, refused);
        }
    }

    /// <summary>What is thrown when the folder cannot be used.</summary>
    public static ArgumentException Refused(string folder, Exception why) =>
        new($"DataFolder '{folder}': allowed is a folder that can be written ({why.Message})", why);

    /// <summary>Takes a file from all but its owner.</summary>
    public static void OwnerOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
