using System.Text;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>A request as it came, and the place for its answer.</summary>
/// <param name="Head">Request line and headers with their line ends.</param>
internal sealed record RawRequest(string Head, byte[] Body)
{
    public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Target => Head.Split(' ')[1];

    public string Text => Encoding.UTF8.GetString(Body);
}
