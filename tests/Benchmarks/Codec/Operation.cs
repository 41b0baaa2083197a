namespace OpenStage.Benchmarks.Codec;

/// <summary>Something that is done with a message, beside the least that must be done with its bytes.</summary>
/// <param name="Name">Such as <c>read-reply</c>.</param>
/// <param name="Bytes">Bytes of the message.</param>
/// <param name="Items">Items of the message.</param>
/// <param name="Run">Does it once; the result keeps the compiler from leaving it out.</param>
/// <param name="FloorName">What the floor is, in words.</param>
/// <param name="Floor">Does the floor once.</param>
internal sealed record Operation(string Name, int Bytes, int Items, Func<int> Run, string FloorName, Func<int> Floor);
