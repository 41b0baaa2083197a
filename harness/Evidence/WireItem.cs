namespace OpenStage.Harness.Evidence;

/// <summary>An Item element as it stood on the wire; attributes are null when missing.</summary>
public sealed record WireItem(string Name, string? Index, string? Status, string Text)
{
    public override string ToString() => $"{Name}{(Index is null ? "" : $"[{Index}]")}{(Status is null ? "" : $" status={Status}")}";
}
