using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>What the templates come to for one phone, beside what it has.</summary>
internal sealed record DeviceTemplate(Device Device, MergedTemplate Merged, IReadOnlyList<TemplateDifference> Differences);
