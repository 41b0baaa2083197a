using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Golden;

/// <summary>What must be read from each reply of a phone (WPI guide p.26, p.29, p.34, p.45-48, p.60-70, p.77-83).</summary>
internal static class GoldenReplies
{
    public static IReadOnlyList<GoldenPhoneMessage> All { get; } =
    [
        new("p034-reply-read-all-items.xml", new WorkpointMessage
        {
            Nonce = "77B3E0194ADC4F52B6018CE53F92D7A1",
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("device-type", "OpenStage 40"),
                new("related-device-type", "OpenStage 40"),
                new("gigabit-ethernet-enabled", "true"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V2 R2.30.0"),
                new("related-software-version", "V2 R2.30.0"),
                new("contact-me-uri", "http://127.17.0.40:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:41:22:40"),
                new("configuration-changed-flag", "false"),
                new("e164", "498972201040"),
                new("sntp-addr", "ntp.example.net"),
                new("ldap-server-address", "ldap.example.net", 1),
                new("function-key-def", "59", 1),
                new("function-key-def", "0", 2),
                new("key-label-unicode", "Zürich & Wien <Büro>", 1),
                new("file-deployment-name", "office.mp3", 1),
                new("file-deployment-status", "ok", 1),
            ],
        }),
        new("p045-reply-read-items.xml", new WorkpointMessage
        {
            Nonce = "957AE6C2E40C0E916B7CD5636480F0A2",
            Reason = ContactReason.ReplyTo,
            Action = "ReadItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("sntp-addr", "ntp.example.net"),
                new("sntp-tz-offset", "60"),
                new("function-key-def", "59", 3),
            ],
        }),
        new("p045-reply-read-items-without-values.xml", new WorkpointMessage
        {
            Nonce = "C60B94F2713D4EA89D52E07A1BF8C364",
            Reason = ContactReason.ReplyTo,
            Action = "ReadItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("no-such-item") { Status = ItemStatus.UnknownItem },
                new("function-key-def", Index: 999) { Status = ItemStatus.InvalidIndex },
                new("display-id", "4040"),
            ],
        }),
        new("p048-reply-write-items-empty-list.xml", new WorkpointMessage
        {
            Nonce = "2A81D97EF0534BC6A37D90E1C56B48F2",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items = [],
        }),
        new("p029-reply-write-items-without-list.xml", new WorkpointMessage
        {
            Nonce = "E0955C3AD17B4286B1F40D8E629A7C53",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
        }),
        new("p029-reply-failed.xml", new WorkpointMessage
        {
            Nonce = "48F7B0D26E1C43A59C80E35B7DA1962F",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Failed,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
        }),
        new("p029-reply-failed-empty-list.xml", new WorkpointMessage
        {
            Nonce = "9DC1504E8B7A42F3A06E59D2F31CB788",
            Reason = ContactReason.ReplyTo,
            Action = "GetNextFragment",
            Status = ReplyStatus.Failed,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items = [],
        }),
        new("p029-reply-failed-with-list.xml", new WorkpointMessage
        {
            Nonce = "30E6F8BA5C9D41278F03B7E5A14D692C",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Failed,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("goto-secure-mode") { Status = ItemStatus.NotSupported },
            ],
        }),
        new("p046-reply-busy.xml", new WorkpointMessage
        {
            Nonce = "C8A15D73E24B4F069B31D7F5508EA64C",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Busy,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
        }),
        new("p062-reply-busy-with-list.xml", new WorkpointMessage
        {
            Nonce = "5B0FD392A6E847C19D74E08C2F1BA653",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Busy,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items = [],
        }),
        new("p046-reply-busy-guide-layout.xml", new WorkpointMessage
        {
            Nonce = "A7E0315C9F4D48B2860BD37C15E9F24A",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Busy,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
        }, Exact: false),
        new("p026-reply-item-statuses.xml", new WorkpointMessage
        {
            Nonce = "64D90AE7B35F4C128E01F7D6A29B3C85",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("auto-daylight-save") { Status = ItemStatus.Failed },
                new("socketed-headset-mode") { Status = ItemStatus.UnknownItem },
                new("device-type") { Status = ItemStatus.ReadOnly },
                new("function-key-def", Index: 99) { Status = ItemStatus.InvalidIndex },
                new("restart-type") { Status = ItemStatus.UnexpectedItem },
                new("bt-pairing") { Status = ItemStatus.NotSupported },
                new("sntp-tz-offset") { Status = ItemStatus.InvalidData },
                new("line-ring-delay", Index: 1) { Status = ItemStatus.Undefined },
            ],
        }),
        new("p077-reply-unknown-item.xml", new WorkpointMessage
        {
            Nonce = "0E52C8F196BD47A3B7D04E8A3F61C95D",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("socketed-headset-mode") { Status = ItemStatus.UnknownItem },
            ],
        }),
        new("p081-reply-failed-indexes.xml", new WorkpointMessage
        {
            Nonce = "F319AD06E7C84B52905EB7D1286A4FC3",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("Canonical-lookup-local-code", Index: 6) { Status = ItemStatus.Failed },
                new("Canonical-lookup-international-code", Index: 6) { Status = ItemStatus.Failed },
            ],
        }),
        new("p083-reply-read-only.xml", new WorkpointMessage
        {
            Nonce = "86C7F05D2BE14A93A9D816E70F3C5B42",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("device-type") { Status = ItemStatus.ReadOnly },
            ],
        }),
        new("p068-reply-bootstrapping-tan.xml", new WorkpointMessage
        {
            Nonce = "1D64BE97A03F4C58B2E09F57C8D6A310",
            Reason = ContactReason.ReplyTo,
            Action = "ReadItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("bootstrapping-tan", "7Kx"),
            ],
        }),
        new("p060-reply-certificate-info.xml", new WorkpointMessage
        {
            Nonce = "B258E1F07C9D43A68104D6CE93F7A05B",
            Reason = ContactReason.ReplyTo,
            Action = "ReadItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("wbm-server-certificate-info", "Subject: CN=OpenStage 60, O=\"Lab\"\nValid until: 2031-01-01"),
            ],
        }),
        new("p070-reply-fragment-1-next.xml", new WorkpointMessage
        {
            Nonce = "D07A63F1E59C4B82A6410DF8C3B7952E",
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Next,
            Items =
            [
                new("mac-addr", "00:1A:E8:5C:03:80"),
                new("e164", "4930404080"),
            ],
        }),
        new("p070-reply-fragment-2-next.xml", new WorkpointMessage
        {
            Nonce = "9E3F85A2C1D04B67B8E256F0D71AC934",
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Next,
            Items =
            [
                new("function-key-def", "59", 1),
                new("function-key-def", "59", 2),
            ],
        }),
        new("p070-reply-fragment-3-final.xml", new WorkpointMessage
        {
            Nonce = "4BA0D7E613F9452C8D70E1956CB2A8F3",
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("sntp-addr", "ntp.example.net"),
            ],
        }),
        new("p078-reply-without-fragment-mark.xml", new WorkpointMessage
        {
            Nonce = "E5D271C90A8F46B3957BE0C42D6F1A83",
            Reason = ContactReason.ReplyTo,
            Action = "WriteItems",
            Status = ReplyStatus.Accepted,
            Items =
            [
                new("socketed-headset-mode") { Status = ItemStatus.UnknownItem },
            ],
        }),
        new("p045-reply-one-line.xml", new WorkpointMessage
        {
            Nonce = "7F1D0C95E8A34B62B0D7E2519C4A8F36",
            Reason = ContactReason.ReplyTo,
            Action = "ReadItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items =
            [
                new("ldap-server-address", Index: 2),
                new("nix") { Status = ItemStatus.UnknownItem },
                new("system-name-unicode", "a&b <c> \"d\" 'e' <f> & g"),
            ],
        }, Exact: false),
    ];
}
