namespace OpenStage.Simulator.Tests.Flows;

/// <summary>A step: phone, service, silent, or event with what happens.</summary>
/// <param name="Kind">The text behind ==.</param>
/// <param name="Text">The lines below it.</param>
internal sealed record FlowStep(string Kind, string Text);
