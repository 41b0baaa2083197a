using System.Globalization;
using Microsoft.Extensions.Primitives;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Pages.Forms;

/// <summary>
/// The fields of a form: <c>name</c> is sent once, <c>name?</c> at most once, as a button is, and <c>name*</c> any number of
/// times, as ticks are. A form is taken as its page sends it, and in no other way.
/// </summary>
internal sealed class FormFields
{
    /// <summary>Name of the field with the antiforgery token, which each form has.</summary>
    public const string Token = "form-token";

    /// <summary>Most characters of a value; what a value means sets narrower limits.</summary>
    private const int MostCharacters = 300_000;

    private readonly Dictionary<string, char> marks;

    /// <param name="names">Names with their marks, separated by blanks.</param>
    public FormFields(string names) => marks = names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(name => name.TrimEnd('?', '*'), name => name[^1]);

    /// <summary>What a form holds; of a form that is not as its page sends it, also what is wrong with it.</summary>
    public FormInput Read(IEnumerable<KeyValuePair<string, StringValues>> sent)
    {
        var form = sent.Where(field => field.Key != Token).ToDictionary(field => field.Key, field => field.Value);
        // Several ticks as lines.
        var values = form.ToDictionary(field => field.Key, field => string.Join('\n', field.Value.Select(value => value?.ReplaceLineEndings("\n"))));
        return new FormInput(values, Wrong(form));
    }

    private RequestException? Wrong(Dictionary<string, StringValues> form)
    {
        foreach (var (name, value) in form)
        {
            if (!marks.TryGetValue(name, out var mark))
                return new RequestException(Shown(name), "unknown field", marks.Count == 0 ? "a form without fields" : string.Join(", ", marks.Keys));
            if (value.Count > 1 && mark != '*')
                return new RequestException(name, "given twice", "each field once");
            if (value.Any(text => text!.Length > MostCharacters))
                return new RequestException(name, "a longer text", string.Create(CultureInfo.InvariantCulture, $"at most {MostCharacters} characters"));
            if (value.Any(text => Asked.IsForbidden(text!) || text!.Any(IsControl)))
                return new RequestException(name, "one not shown here", "text without control characters");
        }

        return marks.FirstOrDefault(known => known.Value is not ('?' or '*') && !form.ContainsKey(known.Key)).Key is { } missing
            ? new RequestException(missing, "", "what its page sends: load the page anew")
            : null;
    }

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\r' or '\t');

    private static string Shown(string name) => Asked.IsForbidden(name) || name.Any(char.IsControl) ? "a field with a name not shown here" : name;
}
