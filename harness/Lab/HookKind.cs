namespace OpenStage.Harness.Lab;

/// <summary>How a service under test is told to create a job.</summary>
public enum HookKind
{
    /// <summary>Not at all; cases that need a job do not apply.</summary>
    None,

    /// <summary>An HTTP request made of templates.</summary>
    Rest,

    /// <summary>A program, which reads the job as JSON from its standard input.</summary>
    Command,

    /// <summary>A person is asked on the console.</summary>
    Prompt,

    /// <summary>The administration of this project's own service.</summary>
    OpenStageAdmin,
}
