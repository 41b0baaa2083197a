namespace OpenStage.Protocol.Items;

/// <summary>What the value of an item is.</summary>
public enum ItemType
{
    Text,

    /// <summary>true or false; phones compare without case.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of a closed set of codes.</summary>
    Choice,

    /// <summary>An IP address or a host name.</summary>
    Host,

    /// <summary>A MAC address.</summary>
    Mac,

    /// <summary>A secret text.</summary>
    Password,

    /// <summary>Base64.</summary>
    Binary,

    /// <summary>A certificate, as PEM or as base64 of PKCS#12.</summary>
    Certificate,

    /// <summary>An absolute address.</summary>
    Url,

    /// <summary>A date with a time.</summary>
    DateTime,
}
