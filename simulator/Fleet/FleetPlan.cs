using System.Collections.Frozen;
using System.Globalization;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Fleet;

/// <summary>What a fleet is: each of its phones follows from its number.</summary>
internal sealed record FleetPlan
{
    public const int MostPhones = 100_000;

    /// <summary>The purposes of draws: those of quirks follow.</summary>
    private const int ModelDraw = 0;
    private const int FirstQuirkDraw = 3;

    /// <summary>Most quirks of a mix: each has draws of its own.</summary>
    public const int MostQuirks = FleetDraw.Most - FirstQuirkDraw;

    public string Title { get; init; } = "";

    public required Uri Server { get; init; }

    /// <summary>Phones on all machines together, 1 to <see cref="MostPhones"/>.</summary>
    public required int Count { get; init; }

    public int Seed { get; init; } = 1;

    public required FleetAddresses Addresses { get; init; }

    /// <summary>Call number of the first phone, digits; the others count up. Empty for phones without numbers and names.</summary>
    public string FirstNumber { get; init; } = "";

    /// <summary>Languages of names and places.</summary>
    public IReadOnlyList<string> Locales { get; init; } = ["de", "en"];

    public required IReadOnlyList<FleetModel> Models { get; init; }

    /// <summary>True when models are taken in turn, false when they are drawn by their shares.</summary>
    public bool TakesModelsInTurn { get; init; }

    public IReadOnlyList<FleetQuirk> Quirks { get; init; } = [];

    public FleetArrival Arrival { get; init; } = new();

    /// <summary>Seconds between two call-backs of a phone (dls-contact-interval), 0 to 86400; null for what the model has.</summary>
    public int? ContactGapSeconds { get; init; }

    /// <summary>Phones that open a connection at a time, 1 to 10000.</summary>
    public int Handshakes { get; init; } = 48 * Environment.ProcessorCount;

    /// <summary>How long all phones together may take for one thing, 1 to 86400 s.</summary>
    public int PatienceSeconds { get; init; } = 900;

    /// <summary>What is applied to all.</summary>
    public FleetSetting Setting { get; init; } = new("ringer-melody", "3");

    /// <summary>What everyone changes at the phone.</summary>
    public FleetSetting LocalChange { get; init; } = new("ringer-tone-sequence", "2");

    /// <summary>All OpenStage models, for fleets that name none.</summary>
    public static IReadOnlyList<FleetModel> AllModels =>
        [.. PhoneModels.All.Where(model => model.DeviceType.StartsWith("OpenStage", StringComparison.Ordinal)).Select(model => new FleetModel(model.DeviceType, null, 1))];

    /// <summary>Makes phones one after the other; not for several threads.</summary>
    public IEnumerable<PhoneOptions> Phones(FleetShard shard)
    {
        var people = FirstNumber.Length > 0 ? new FleetPeople(Seed, Locales) : null;
        foreach (var number in shard.Phones(Count))
        {
            var model = ModelOf(number);
            yield return new PhoneOptions
            {
                Server = Server,
                Model = model.Model,
                Firmware = model.Firmware,
                Mac = Addresses.Mac(number),
                Address = Addresses.Address(number),
                Seed = Seed,
                Quirks = QuirksOf(number),
                Items = Items(number, people),
            };
        }
    }

    /// <param name="number">Number of the phone, from 0.</param>
    public FleetModel ModelOf(int number)
    {
        if (TakesModelsInTurn)
            return Models[number % Models.Count];
        var place = FleetDraw.At(Seed, number, ModelDraw) * Models.Sum(model => model.Share);
        foreach (var model in Models)
        {
            if ((place -= model.Share) < 0)
                return model;
        }

        return Models[^1];
    }

    public IReadOnlyList<string> QuirksOf(int number) =>
    [
        .. Quirks.Where((quirk, position) => FleetDraw.At(Seed, number, FirstQuirkDraw + position) * 100 < quirk.Percent).Select(quirk => quirk.Quirk),
    ];

    private IReadOnlyDictionary<string, string> Items(int number, FleetPeople? people)
    {
        if (people is null && ContactGapSeconds is null)
            return FrozenDictionary<string, string>.Empty;
        var items = new Dictionary<string, string>(capacity: 4);
        if (ContactGapSeconds is { } gap)
            items["dls-contact-interval"] = gap.ToString(CultureInfo.InvariantCulture);
        if (people is not null)
        {
            items["e164"] = (long.Parse(FirstNumber, CultureInfo.InvariantCulture) + number).ToString(CultureInfo.InvariantCulture).PadLeft(FirstNumber.Length, '0');
            (items["display-id-unicode"], items["hostname"]) = people.Of(number);
        }

        return items;
    }
}
