using NUnit.Framework;

namespace OpenStage.Lab.Tests;

/// <summary>Lab commands as they are typed: each test has a folder of its own, and what is printed.</summary>
public abstract class CommandFixture
{
    private StringWriter output = null!;
    private StringWriter errors = null!;
    private (TextWriter Out, TextWriter Error) before;

    protected string Folder { get; private set; } = "";

    protected string Output => output.ToString();

    protected string Errors => errors.ToString();

    [SetUp]
    public void Redirect()
    {
        Folder = Directory.CreateTempSubdirectory("openstage-command-").FullName;
        before = (Console.Out, Console.Error);
        Console.SetOut(output = new StringWriter());
        Console.SetError(errors = new StringWriter());
    }

    [TearDown]
    public void Restore()
    {
        Console.SetOut(before.Out);
        Console.SetError(before.Error);
        output.Dispose();
        errors.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
