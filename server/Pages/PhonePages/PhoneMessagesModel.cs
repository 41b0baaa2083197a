namespace OpenStage.Server.Pages.PhonePages;

/// <summary>The latest messages between a phone and this node, the latest conversation first.</summary>
public sealed record PhoneMessagesModel(PhoneHead Head, IReadOnlyList<PhoneConversation> Conversations);
