namespace OpenStage.Benchmarks;

/// <summary>One run of the command: what it was asked for, and where it says what it does.</summary>
internal sealed class BenchRun(BenchOptions options, TextWriter output, CancellationToken cancellation)
{
    private readonly List<string> notes = [];

    public BenchOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    /// <summary>What speaks against the figures.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Tells what is going on, which is no part of the result.</summary>
    public void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));

    /// <summary>Keeps something that whoever reads the figures should know.</summary>
    public void Note(string note)
    {
        if (notes.Contains(note))
            return;
        notes.Add(note);
        output.WriteLine($"  note: {note}");
    }
}
