namespace OpenStage.Protocol.Messages;

/// <summary>Status of a single item in a phone's message (WPI guide p.26); the wire spellings contain spaces.</summary>
public enum ItemStatus
{
    /// <summary>No status attribute: the value stands.</summary>
    None,

    /// <summary><c>failed</c>: value not accepted, or not available.</summary>
    Failed,

    /// <summary><c>unknown item</c>: no item of this name.</summary>
    UnknownItem,

    /// <summary><c>read only</c>: not modifiable.</summary>
    ReadOnly,

    /// <summary><c>invalid index</c>: out of range, or senseless.</summary>
    InvalidIndex,

    /// <summary><c>unexpected item</c>: not expected, or not in this context.</summary>
    UnexpectedItem,

    /// <summary><c>not supported</c>: not implemented in this phone.</summary>
    NotSupported,

    /// <summary><c>invalid data</c>: value not accepted.</summary>
    InvalidData,

    /// <summary><c>undefined status</c>: any other problem.</summary>
    Undefined,

    /// <summary>A spelling that the guide does not know; the text is in <see cref="Item.StatusText"/>.</summary>
    Unknown,
}
