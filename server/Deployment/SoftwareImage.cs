namespace OpenStage.Server.Deployment;

/// <summary>What a SoftwareDeployment says of its image beside the file (WPI guide p.56-57).</summary>
/// <param name="Version">Version that the phone shall report afterwards, such as V3 R3.24.0.</param>
/// <param name="SoftwareType">Item <c>file-sw-type</c>, such as Siemens SIP.</param>
/// <param name="WhenIdle">Item <c>file-priority</c>: true is <c>normal</c>, only when the phone is idle; false is <c>immediate</c>.</param>
public sealed record SoftwareImage(string Version, string SoftwareType, bool WhenIdle = false);
