using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>What the phones resource works with.</summary>
internal sealed record PhoneParts
{
    public required Database Database { get; init; }

    public required TimeProvider Time { get; init; }

    public required JobQueue Jobs { get; init; }

    public required InteractionEngine Engine { get; init; }

    public required ServerOptions Options { get; init; }

    /// <summary>Where phones post to, known once the listener is open.</summary>
    public required Func<Uri> PhoneUrl { get; init; }
}
