namespace OpenStage.Protocol.Xml;

/// <summary>Where in the body the XML starts, so that places in it can be told as places in the body.</summary>
/// <param name="Lines">Lines before the one on which the XML starts.</param>
/// <param name="Columns">Columns before it on that line.</param>
internal readonly record struct TextStart(int Lines, int Columns)
{
    /// <summary>Counts lines as XML does, with all three line ends, and columns in bytes.</summary>
    public static TextStart After(ReadOnlySpan<byte> skipped)
    {
        var (lines, columns) = (0, 0);
        for (var i = 0; i < skipped.Length; i++)
        {
            columns++;
            if (skipped[i] == (byte)'\n' || (skipped[i] == (byte)'\r' && (i + 1 == skipped.Length || skipped[i + 1] != (byte)'\n')))
                (lines, columns) = (lines + 1, 0);
        }

        return new TextStart(lines, columns);
    }

    public (int Line, int Column) Place(int line, int column) => line switch
    {
        0 => (0, 0),
        1 => (Lines + 1, Columns + column),
        _ => (Lines + line, column),
    };
}
