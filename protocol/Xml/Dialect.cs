using System.Text;

namespace OpenStage.Protocol.Xml;

/// <summary>The element names of one direction (WPI guide p.27, p.34).</summary>
/// <param name="Root">Root element.</param>
/// <param name="Head">The element that says what the message is about.</param>
/// <param name="OtherHead">The other direction's head, which some servers send empty.</param>
/// <param name="RootPage">Page that shows the root.</param>
internal sealed record Dialect(string Root, string Head, string OtherHead, int RootPage)
{
    public const string Namespace = "http://www.siemens.com/DLS";

    /// <summary>The root's name in UTF-8.</summary>
    public ReadOnlySpan<byte> RootBytes => rootBytes;

    /// <summary>The head's name in UTF-8.</summary>
    public ReadOnlySpan<byte> HeadBytes => headBytes;

    private readonly byte[] rootBytes = Encoding.UTF8.GetBytes(Root);
    private readonly byte[] headBytes = Encoding.UTF8.GetBytes(Head);

    public static Dialect Phone { get; } = new("WorkpointMessage", "ReasonForContact", "Action", 27);

    public static Dialect Service { get; } = new("DLSMessage", "Action", "ReasonForContact", 34);
}
