using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>One item that phones of a model have.</summary>
/// <param name="Item">With the value that the model comes with.</param>
/// <param name="Text">Name and index as model files have them; empty for a table that has only what was written.</param>
internal sealed record ModelItem(ItemDefinition Definition, Item Item, string Text);
