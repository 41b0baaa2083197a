namespace OpenStage.Protocol.Wire;

/// <summary>A start or end tag as it stands in a text that need not be well formed.</summary>
internal readonly record struct ElementTag
{
    /// <summary>Range of the name with its prefix.</summary>
    public required int NameStart { get; init; }

    public required int NameEnd { get; init; }

    /// <summary>Where the attributes end at the latest.</summary>
    public required int AttributesEnd { get; init; }

    /// <summary>Behind the first closing angle, or null when there is none before the next tag.</summary>
    public required int? ContentStart { get; init; }

    public required bool IsEnd { get; init; }

    /// <summary>True for <c>&lt;Item .../&gt;</c>.</summary>
    public required bool IsEmpty { get; init; }

    public required bool IsItem { get; init; }

    /// <summary>Reads the tag at an opening angle; null when no name follows, as for comments.</summary>
    public static ElementTag? Read(ReadOnlySpan<char> text, int open)
    {
        var start = open + 1;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
            start++;
        var isEnd = start < text.Length && text[start] == '/';
        if (isEnd)
            start++;

        var nameEnd = start;
        while (nameEnd < text.Length && IsNameCharacter(text[nameEnd]))
            nameEnd++;
        if (nameEnd == start)
            return null;

        var name = text[start..nameEnd];
        var close = Close(text, nameEnd, out var stop);
        // A quote that is never closed swallows the closing angle: the first one counts then, and the shortest tag.
        var first = text[nameEnd..stop].IndexOf('>');
        return new ElementTag
        {
            NameStart = start,
            NameEnd = nameEnd,
            AttributesEnd = stop,
            ContentStart = close >= 0 && first < 0 ? close + 1 : first < 0 ? null : nameEnd + first + 1,
            IsEnd = isEnd,
            IsEmpty = close > nameEnd && text[close - 1] == '/',
            IsItem = name[(name.LastIndexOf(':') + 1)..].Equals("Item", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The closing angle outside quotes, or -1; stop is where the tag ends, at the latest at the next tag.</summary>
    private static int Close(ReadOnlySpan<char> text, int start, out int stop)
    {
        var quote = '\0';
        for (stop = start; stop < text.Length; stop++)
        {
            var letter = text[stop];
            if (letter == '<')
                return -1;
            if (quote != '\0')
                quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'')
                quote = letter;
            else if (letter == '>')
                return stop;
        }

        return -1;
    }

    private static bool IsNameCharacter(char letter) => char.IsLetterOrDigit(letter) || letter is ':' or '_' or '-' or '.';
}
