using System.Security.Cryptography;

namespace OpenStage.Server.Storage;

/// <summary>The file of the server's key: 64 hex digits, readable by its owner only.</summary>
internal static class KeyFile
{
    public const string DefaultName = "server.key";

    /// <summary>Loads the key, or makes one for a store that is new.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="isNew">True when nothing has been sealed yet, so that a missing key may be made.</param>
    /// <exception cref="InvalidDataException">The file is missing though something was sealed with it, or holds no key.</exception>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    public static byte[] Load(string file, bool isNew)
    {
        if (!File.Exists(file))
        {
            if (!isNew)
                throw new InvalidDataException($"{file} is missing. It holds the key that the database was sealed with; put it back, nothing can be read without it.");
            Create(file);
        }

        string text;
        try
        {
            OwnerOnly(file);
            text = File.ReadAllText(file).Trim();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {refused.Message}", refused);
        }

        if (text.Length != 2 * Vault.KeyBytes || !text.All(char.IsAsciiHexDigit))
            throw new InvalidDataException($"{file} holds no key; allowed are {2 * Vault.KeyBytes} hex digits.");
        return Convert.FromHexString(text);
    }

    /// <summary>Takes the key from all but its owner, if it is ours to take: one that a container was given is not.</summary>
    private static void OwnerOnly(string file)
    {
        try
        {
            DataFolder.OwnerOnly(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Whoever owns the file decides who reads it.
        }
    }

    private static void Create(string file)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                DataFolder.Ensure(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.WriteLine(Convert.ToHexString(RandomNumberGenerator.GetBytes(Vault.KeyBytes)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"KeyFile '{file}': allowed is a file that can be written ({refused.Message})", nameof(file), refused);
        }
    }
}
