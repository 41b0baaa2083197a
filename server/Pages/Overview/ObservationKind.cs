using OpenStage.Server.Observations;

namespace OpenStage.Server.Pages.Overview;

/// <summary>All deviations of one name.</summary>
/// <param name="Phones">Different phones that showed it.</param>
public sealed record ObservationKind(ObservedDeviation Latest, int Count, int Phones)
{
    internal static IReadOnlyList<ObservationKind> Of(IReadOnlyList<ObservedDeviation> all, int top) =>
        [.. all.GroupBy(seen => seen.Observation.Code)
            .Select(kind => new ObservationKind(kind.Last(), kind.Count(), kind.Select(seen => seen.Mac).Distinct().Count()))
            .OrderByDescending(kind => kind.Latest.At).ThenBy(kind => kind.Latest.Observation.Code, StringComparer.Ordinal).Take(top)];
}
