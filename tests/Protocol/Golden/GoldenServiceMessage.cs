using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Golden;

/// <summary>A golden message of the service and what must be read from it.</summary>
/// <param name="Exact">True when the file has the writer's own layout, so that writing must give the same bytes.</param>
internal sealed record GoldenServiceMessage(string File, DlsMessage Expected, bool Exact = true)
{
    public override string ToString() => File;
}
