using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Protocol.Items;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Asks a person to create jobs.</summary>
internal sealed class PromptHook(LabHook entry, TimeProvider time, IPrompts people) : IJobHook
{
    public Task CreateAsync(ServiceJob job)
    {
        var items = job.Items.Select(item => $"{item.Key} = '{(SecretItems.IsSecret(item.Name) ? "(a value of your own)" : item.Value)}'");
        var details = items.Concat(job.Files.Select(file => file.AbsoluteUri)).Append(job.Version).Where(text => text.Length > 0);
        var actuator = new PromptActuator(new LabActuator { Kind = ActuatorKind.Prompt, Timeout = entry.Timeout }, time, people);
        return actuator.SetAsync(true, $"create a job {job.Kind} for {job.Mac} at the service: {string.Join(", ", details)}");
    }
}
