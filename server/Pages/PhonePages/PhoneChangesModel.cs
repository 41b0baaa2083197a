using OpenStage.Server.Devices;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What changed at a phone, the latest first; secrets masked.</summary>
public sealed record PhoneChangesModel(PhoneHead Head, IReadOnlyList<ItemChange> Changes);
