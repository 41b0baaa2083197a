namespace OpenStage.Harness.Reproduction;

/// <summary>Finds a smallest part of a list that still does something (Zeller and Hildebrandt, ddmin).</summary>
internal static class DeltaDebugging
{
    /// <summary>
    /// A part of the list, in its order, of which no single element can be left out. Always takes the same tries in the
    /// same order.
    /// </summary>
    /// <param name="all">A list that does it.</param>
    /// <param name="does">Whether a part of it does it too.</param>
    public static IReadOnlyList<T> Minimise<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, bool> does)
    {
        if (all.Count == 0 || does([]))
            return [];
        var left = all;
        var parts = 2;
        while (left.Count > 1)
        {
            var size = (left.Count + parts - 1) / parts;
            if (Smaller(left, size, does) is { } smaller)
            {
                // A part alone starts anew; a rest keeps the grain that worked.
                parts = smaller.Length <= size ? 2 : Math.Max(parts - 1, 2);
                left = smaller;
            }
            else if (size == 1)
            {
                break;
            }
            else
            {
                parts = Math.Min(parts * 2, left.Count);
            }
        }

        return left;
    }

    /// <summary>One part of this size that does it, or the list without one; null when there is neither.</summary>
    private static T[]? Smaller<T>(IReadOnlyList<T> all, int size, Func<IReadOnlyList<T>, bool> does)
    {
        for (var start = 0; start < all.Count; start += size)
        {
            T[] part = [.. all.Skip(start).Take(size)];
            if (part.Length < all.Count && does(part))
                return part;
        }

        for (var start = 0; start < all.Count; start += size)
        {
            T[] rest = [.. all.Take(start), .. all.Skip(start + size)];
            // Of two parts the rest of one is the other, which was tried.
            if (all.Count > 2 * size && does(rest))
                return rest;
        }

        return null;
    }
}
