using OpenStage.Server.Deployment;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Files;

/// <summary>A running server with a file, and the addresses that it would give to a phone.</summary>
internal sealed class FileLab : IAsyncDisposable
{
    private readonly Vault vault;

    private FileLab(RunningServer running)
    {
        Running = running;
        vault = new Vault(KeyFile.Load(Path.Combine(running.Folder, KeyFile.DefaultName), isNew: false));
        Links = new FileLinks(vault);
    }

    public RunningServer Running { get; }

    public ProvisioningServer Server => Running.Server;

    public FileLinks Links { get; }

    public static async Task<FileLab> StartAsync(Func<ServerOptions, ServerOptions>? change = null) => new(await RunningServer.StartAsync(change));

    public Task<LibraryFile> AddAsync(byte[] content, string name = "logo.png", string type = "LOGO", string version = "", params string[] deviceTypes) =>
        Server.Files.AddAsync(
            new FileFacts { Name = name, Type = type, Version = version, DeviceTypes = deviceTypes }, "tester", new MemoryStream(content), RunningServer.Patience());

    public Task<Job> DeployAsync(params LibraryFile[] files) => Server.Jobs.CreateAsync(new JobRequest
    {
        Mac = PhoneTalk.Mac,
        Kind = JobKind.FileDeployment,
        Files = [.. files.Select(file => new DeploymentFile { Name = file.Name, Type = file.Type, File = file.Id })],
    });

    /// <summary>Path of a file of a job, as the phone asks for it.</summary>
    public string PathOf(Job job, int index = 0) => Links.Url("", job, index);

    /// <summary>The job once its history has a line more.</summary>
    public async Task<Job> NotedAsync(long id, Func<Task> what)
    {
        var noted = new TaskCompletionSource<Job>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Job job)
        {
            if (job.Id == id && job.History[^1].Text.Contains(" bytes", StringComparison.Ordinal))
                noted.TrySetResult(job);
        }

        Server.Jobs.Changed += Look;
        try
        {
            await what();
            return await noted.Task.WaitAsync(RunningServer.Patience());
        }
        finally
        {
            Server.Jobs.Changed -= Look;
        }
    }

    public async ValueTask DisposeAsync()
    {
        vault.Dispose();
        await Running.DisposeAsync();
    }
}
