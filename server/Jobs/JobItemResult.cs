using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Jobs;

/// <summary>What became of one item of a job.</summary>
/// <param name="Status">Empty when the phone took or gave the value, else the phone's status text such as <c>read only</c>.</param>
/// <param name="Value">The value read, or the value written.</param>
public sealed record JobItemResult(string Name, int? Index, string Status, string Value)
{
    public bool Failed => Status.Length > 0;

    public ItemKey Key => new(Name, Index);
}
