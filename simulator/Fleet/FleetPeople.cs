using System.Globalization;
using System.Text;
using Bogus;
using Bogus.DataSets;

namespace OpenStage.Simulator.Fleet;

/// <summary>Makes up whose phone it is and where it stands: the same for the same seed and phone.</summary>
internal sealed class FleetPeople(int seed, IReadOnlyList<string> locales)
{
    /// <summary>Languages that names and places can be of.</summary>
    public static IReadOnlyList<string> Locales { get; } = ["cz", "de", "en", "es", "fr", "it", "pl", "sv", "tr"];

    /// <summary>The purpose of draws for the language.</summary>
    private const int LocaleDraw = 1;

    /// <summary>Longest text that the display takes (field).</summary>
    private const int Longest = 24;

    private readonly Name[] names = [.. locales.Select(locale => new Name(locale))];
    private readonly Address[] places = [.. locales.Select(locale => new Address(locale))];

    /// <summary>Name of the person and name of the phone in the network, made from its place.</summary>
    public (string Person, string Host) Of(int number)
    {
        var random = new Randomizer(FleetDraw.Seed(seed, number));
        var locale = (int)(FleetDraw.At(seed, number, LocaleDraw) * names.Length);
        names[locale].Random = random;
        places[locale].Random = random;
        var person = names[locale].FullName().Trim();
        return (person.Length <= Longest ? person : person[..Longest].Trim(), string.Create(CultureInfo.InvariantCulture, $"{HostName(places[locale].City())}-{number}"));
    }

    /// <summary>Plain letters and digits, as names in a network are; others are left out, on all systems alike.</summary>
    private static string HostName(string place)
    {
        var name = new StringBuilder();
        foreach (var letter in place.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                name.Append(letter);
            else if (letter is ' ' or '-' && name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        return name.Length > 0 ? name.ToString().Trim('-') : "site";
    }
}
