using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Recordings;

namespace OpenStage.Harness.Reproduction;

/// <summary>
/// Makes a repro smaller as long as it fails in the same way: the cases before it, the quirks, the items that the phone has,
/// and of a recording the items, the exchanges, and what stands in their messages.
/// </summary>
/// <param name="fails">Runs a repro; true when it fails in the same way as the first one.</param>
/// <param name="mostTries">After so many runs everything left stays, 1 or more.</param>
/// <param name="told">Told of each step.</param>
public sealed partial class Shrinker(Func<Repro, bool> fails, int mostTries, Action<ShrinkStep> told)
{
    /// <summary>Runs so far.</summary>
    public int Tries { get; private set; }

    /// <summary>True when it ended for the number of tries, so that the result may not be the smallest.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>A smallest repro, which fails; each list in it is such that no single element can be left out.</summary>
    public Repro Shrink(Repro repro)
    {
        ArgumentNullException.ThrowIfNull(repro);
        repro = Step("cases before it", repro, repro.Before, (whole, left) => whole with { Before = left });
        repro = Step("quirks", repro, repro.Phone.Quirks, (whole, left) => whole with { Phone = whole.Phone with { Quirks = left } });
        repro = Items(repro);
        return repro.Phone.Recording is null ? repro : Recording(repro);
    }

    /// <summary>Groups of items first, then the items of the groups that are left.</summary>
    private Repro Items(Repro repro)
    {
        var all = ItemCatalogue.Default.All.Where(item => !repro.Phone.WithoutItems.Contains(item.Name)).ToList();
        var outside = repro.Phone.WithoutItems;
        var groups = all.Select(item => item.Group).Distinct().ToList();
        repro = Step("groups of items", repro, groups, (whole, left) => Having(whole, all.Where(item => left.Contains(item.Group)).Select(item => item.Name)));
        var names = all.Select(item => item.Name).Where(name => !repro.Phone.WithoutItems.Contains(name)).ToList();
        return Step("items", repro, names, Having);

        Repro Having(Repro whole, IEnumerable<string> left) => whole with
        {
            Phone = whole.Phone with { WithoutItems = [.. outside, .. all.Select(item => item.Name).Except(left)] },
        };
    }

    private Repro Recording(Repro repro)
    {
        repro = Step("recorded answers of the service", repro, [.. Recorded(repro).Exchanges.Where(exchange => exchange.Status is not null)], (whole, left) =>
            Wearing(whole, recording => recording with { Exchanges = [.. recording.Exchanges.Select(exchange => left.Contains(exchange) ? exchange : Unanswered(exchange))] }));
        repro = Step("recorded items", repro, Recorded(repro).Items, (whole, left) => Wearing(whole, recording => recording with { Items = left }));
        repro = Step("recorded exchanges", repro, Recorded(repro).Exchanges, (whole, left) => Wearing(whole, recording => recording with { Exchanges = left }));
        for (var number = 0; number < Recorded(repro).Exchanges.Count; number++)
            repro = Message(repro, number);
        return repro;
    }

    /// <summary>The items of a recorded message, and its headers.</summary>
    private Repro Message(Repro repro, int number)
    {
        var text = Recorded(repro).Exchanges[number].Request.Text ?? "";
        var items = Item().Matches(text).Select(match => (match.Index, match.Length)).ToList();
        repro = Step($"items of recorded message {number + 1}", repro, items, (whole, left) =>
            Exchange(whole, number, exchange => exchange with { Request = new RecordedBody { Text = Without(text, items.Except(left)) } }));
        return Step($"headers of recorded message {number + 1}", repro, Recorded(repro).Exchanges[number].RequestHeaders, (whole, left) =>
            Exchange(whole, number, exchange => exchange with { RequestHeaders = left }));
    }

    private Repro Step<T>(string what, Repro repro, IReadOnlyList<T> all, Func<Repro, IReadOnlyList<T>, Repro> having)
    {
        var before = Tries;
        var left = DeltaDebugging.Minimise(all, part => Fails(having(repro, part)));
        if (Tries > before)
            told(new ShrinkStep(what, all.Count, left.Count, Tries - before));
        return left.Count == all.Count ? repro : having(repro, left);
    }

    private bool Fails(Repro repro)
    {
        if (Tries >= mostTries)
        {
            IsExhausted = true;
            return false;
        }

        Tries++;
        return fails(repro);
    }

    private static Protocol.Recordings.Recording Recorded(Repro repro) => repro.Phone.Recording!;

    private static Repro Wearing(Repro repro, Func<Protocol.Recordings.Recording, Protocol.Recordings.Recording> changed) =>
        repro with { Phone = repro.Phone with { Recording = changed(Recorded(repro)) } };

    private static Repro Exchange(Repro repro, int number, Func<RecordedExchange, RecordedExchange> changed) => Wearing(repro, recording =>
        recording with { Exchanges = [.. recording.Exchanges.Select((exchange, place) => place == number ? changed(exchange) : exchange)] });

    private static RecordedExchange Unanswered(RecordedExchange exchange) => exchange with { Status = null, ResponseHeaders = [], Response = null };

    private static string Without(string text, IEnumerable<(int Index, int Length)> parts)
    {
        var rest = new StringBuilder(text);
        foreach (var (index, length) in parts.OrderByDescending(part => part.Index))
            rest.Remove(index, length);
        return rest.ToString();
    }

    [GeneratedRegex(@"<Item\s[^>]*?(/>|>[^<]*</Item>)\s*")]
    private static partial Regex Item();
}
