namespace OpenStage.Server.Phones;

/// <summary>A secret item that a job was to bring to a phone.</summary>
/// <param name="Job">Number of the job, which tells whether the phone took it.</param>
internal sealed record GivenSecret(string Name, string Value, long Job);
