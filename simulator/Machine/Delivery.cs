namespace OpenStage.Simulator.Machine;

/// <summary>How the bytes of a POST go out; the default is at once and once.</summary>
public sealed record Delivery
{
    public static Delivery Plain { get; } = new();

    /// <summary>Added to the true Content-Length.</summary>
    public int ContentLengthError { get; init; }

    /// <summary>True to send the body in many small pieces with pauses between them.</summary>
    public bool Slow { get; init; }

    /// <summary>Pause before it goes out.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>True to close the connection in the middle of the body.</summary>
    public bool Cut { get; init; }

    /// <summary>True to send the same POST a second time when it is answered; the phone takes the first answer.</summary>
    public bool Twice { get; init; }

    /// <summary>True to close the connection when the answer is here.</summary>
    public bool CloseAfter { get; init; }
}
