namespace OpenStage.Simulator.Tests.Flows;

/// <summary>
/// A step: phone with the endpoint it calls, service, drop (the connection is closed without an answer), silent with the
/// seconds in which the phone says nothing, or event with what happens.
/// </summary>
/// <param name="Kind">The text behind ==.</param>
/// <param name="Text">The lines below it.</param>
internal sealed record FlowStep(string Kind, string Text);
