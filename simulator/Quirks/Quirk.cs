namespace OpenStage.Simulator.Quirks;

/// <summary>A named deviation of a phone from the guide.</summary>
/// <param name="Id">QK-001 and so on; never reused.</param>
/// <param name="Name">Name for lab files and command lines.</param>
/// <param name="Summary">What a phone with it does.</param>
/// <param name="Source">Where it was seen, or the page of the rule that it breaks.</param>
/// <param name="Wear">Puts it on a behaviour; quirks compose.</param>
public sealed record Quirk(string Id, string Name, string Summary, string Source, Func<PhoneBehaviour, PhoneBehaviour> Wear);
