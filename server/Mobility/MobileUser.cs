using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Mobility;

/// <summary>Somebody who may log on at any phone that has <c>mobility-enabled</c> (field; the guide's section is not to be had).</summary>
public sealed record MobileUser
{
    /// <summary>The number that the user enters at the phone, which becomes its <c>e164</c>; 1 to 64 characters.</summary>
    public required string Number { get; init; }

    /// <summary>The password that the user enters at the phone; it travels as <c>user-pwd</c>.</summary>
    public required string Password { get; init; }

    /// <summary>What is written to the phone at a logon, beside <c>sip-mobility-state</c>.</summary>
    public IReadOnlyList<Item> Profile { get; init; } = [];

    /// <summary>Items <c>userdata-…</c> as the phone gave them at the last logoff.</summary>
    public IReadOnlyList<Item> Data { get; init; } = [];

    /// <summary>MAC address of the phone that the user is logged on at; empty for none.</summary>
    public string LoggedOnAt { get; init; } = "";

    /// <summary>When the user last logged on or off.</summary>
    public DateTimeOffset? LastChange { get; init; }
}
