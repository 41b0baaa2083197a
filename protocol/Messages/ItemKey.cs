namespace OpenStage.Protocol.Messages;

/// <summary>What identifies an item: its name and, for tables, its index.</summary>
public readonly record struct ItemKey(string Name, int? Index = null)
{
    public override string ToString() => Index is { } index ? $"{Name}[{index}]" : Name;
}
