namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Has a service under test create a job.</summary>
internal interface IJobHook
{
    /// <exception cref="Verdicts.LabErrorException">It could not be done.</exception>
    Task CreateAsync(ServiceJob job);
}
