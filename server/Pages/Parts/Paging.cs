namespace OpenStage.Server.Pages.Parts;

/// <summary>Which part of a long list is shown.</summary>
/// <param name="Page">From 1; one behind the last shows the last.</param>
/// <param name="Size">Entries a page.</param>
/// <param name="Count">Entries of all pages.</param>
public sealed record Paging(int Page, int Size, long Count)
{
    public int Pages => (int)Math.Max(1, (Count + Size - 1) / Size);

    public int Skip => (Page - 1) * Size;

    public static Paging Of(int page, int size, long count)
    {
        var all = new Paging(1, size, count);
        return all with { Page = Math.Min(page, all.Pages) };
    }
}
