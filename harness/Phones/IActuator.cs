namespace OpenStage.Harness.Phones;

/// <summary>Something with two positions: power on and off, a call begun and ended.</summary>
internal interface IActuator
{
    /// <param name="on">The position to go to.</param>
    /// <param name="what">The same in words, for people and errors.</param>
    /// <exception cref="Verdicts.LabErrorException">It could not be done.</exception>
    Task SetAsync(bool on, string what);
}
