using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Accounts;

/// <summary>
/// Protects what browsers keep for us, such as antiforgery tokens, with the key of the store: all nodes open it, and no
/// second ring of keys has to be kept in somebody's home folder.
/// </summary>
internal sealed class VaultProtection(Vault vault, string scope = "web") : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => new VaultProtection(vault, $"{scope}\n{purpose}");

    public byte[] Protect(byte[] plaintext) => vault.Seal(plaintext, scope);

    public byte[] Unprotect(byte[] protectedData)
    {
        try
        {
            return vault.Open(protectedData, scope);
        }
        catch (InvalidDataException broken)
        {
            // What the framework expects of a protector.
            throw new CryptographicException(broken.Message, broken);
        }
    }
}
