using System.Text;

namespace OpenStage.Harness.Reproduction;

/// <summary>Where the files of a result stand below the folder of report.json.</summary>
public static class CaseFolder
{
    /// <summary>The folder of all of them.</summary>
    public const string Evidence = "evidence";

    /// <summary>evidence/PHONE/CASE with / between the parts; the slashes of the case's id become -.</summary>
    public static string Of(string phoneId, string caseId) => $"{Evidence}/{Part(phoneId)}/{Part(caseId)}";

    /// <summary>A name that is one folder and no other on every system: what could lead elsewhere becomes _.</summary>
    private static string Part(string id)
    {
        var name = new StringBuilder(id.Length);
        foreach (var letter in id)
            name.Append(letter == '/' ? '-' : char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        // "." and ".." are other folders, and Windows drops the dots at an end.
        return name.Length > 0 && name[^1] == '.' ? name.ToString().TrimEnd('.') + "_" : name.ToString();
    }
}
