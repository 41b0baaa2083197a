namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>The files of one action, worked off one after the other.</summary>
internal sealed class Transfer(IReadOnlyList<FileRequest> files, bool software)
{
    private readonly Dictionary<FileRequest, string> faults = [];
    private int next;

    public IReadOnlyList<FileRequest> Files => files;

    public bool IsSoftware => software;

    /// <summary>The file that is worked on, or null when all are done.</summary>
    public FileRequest? Current => next < files.Count ? files[next] : null;

    /// <summary>Goes on to the next file.</summary>
    /// <param name="fault">Why this one failed, or empty.</param>
    public void Done(string fault)
    {
        faults[files[next]] = fault;
        next++;
    }

    /// <summary>Why a file failed, or empty.</summary>
    public string Fault(FileRequest file) => faults[file];
}
