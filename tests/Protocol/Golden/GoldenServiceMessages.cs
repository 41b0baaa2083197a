using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Golden;

/// <summary>What must be read from each message of the service (WPI guide p.30-35, p.44-57, p.60-71, p.76).</summary>
internal static class GoldenServiceMessages
{
    public static IReadOnlyList<GoldenServiceMessage> All { get; } =
    [
        new("p034-read-all-items.xml", new DlsMessage
        {
            Nonce = "A90D3C5512FE48B07762E1CD0398BA45",
            Action = ServerAction.ReadAllItems,
        }),
        new("p044-read-items.xml", new DlsMessage
        {
            Nonce = "D3A76F1E20B94C85901DE7F2638AB5C0",
            Action = ServerAction.ReadItems,
            Items =
            [
                new("sntp-addr"),
                new("sntp-tz-offset"),
                new("function-key-def", Index: 3),
            ],
        }),
        new("p046-write-items.xml", new DlsMessage
        {
            Nonce = "D3A76F1E20B94C85901DE7F2638AB5C0",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("sntp-addr", "ntp.example.net"),
                new("display-id-unicode", "Müller & Söhne <Empfang>"),
                new("function-key-def", "59", 1),
                new("key-label-unicode", "Say \"hi\" 📞", 1),
                new("e164", "NULL"),
            ],
        }),
        new("p051-restart.xml", new DlsMessage
        {
            Nonce = "51C2E8A06B3D4F97A1E05D7C92B846F3",
            Action = ServerAction.Restart,
        }),
        new("p051-factory-reset.xml", new DlsMessage
        {
            Nonce = "51C2E8A06B3D4F97A1E05D7C92B846F3",
            Action = ServerAction.Restart,
            Items =
            [
                new("restart-password", "124816"),
                new("restart-type", "FactoryReset"),
            ],
        }),
        new("p035-clean-up.xml", new DlsMessage
        {
            Nonce = "77B3E0194ADC4F52B6018CE53F92D7A1",
            Action = ServerAction.CleanUp,
        }),
        new("p076-clean-up-send-solicited.xml", new DlsMessage
        {
            Nonce = "C8A15D73E24B4F069B31D7F5508EA64C",
            Action = ServerAction.CleanUp,
            Items =
            [
                new("send-solicited", "true"),
            ],
        }),
        new("p031-clean-up-wrong-tan.xml", new DlsMessage
        {
            Nonce = "1D64BE97A03F4C58B2E09F57C8D6A310",
            Action = ServerAction.CleanUp,
            Items =
            [
                new("cleanup-reason", "wrong TAN from device"),
            ],
        }),
        new("p031-clean-up-overload.xml", new DlsMessage
        {
            Nonce = "4F0C91D2A7B35E6688D1C02F9A3B7E14",
            Action = ServerAction.CleanUp,
            Items =
            [
                new("cleanup-reason", "overload"),
            ],
        }),
        new("p070-get-next-fragment.xml", new DlsMessage
        {
            Nonce = "D07A63F1E59C4B82A6410DF8C3B7952E",
            Action = ServerAction.GetNextFragment,
        }),
        new("p052-file-deployment.xml", new DlsMessage
        {
            Nonce = "6D5E0B91C7F248A3B40E96D1278CFA35",
            Action = ServerAction.FileDeployment,
            Items =
            [
                new("file-server", "127.17.1.1"),
                new("file-port", "21"),
                new("file-path", "/ringers/"),
                new("file-username", "phone"),
                new("file-pwd", "vK93xq"),
                new("file-name", "office.mp3"),
                new("file-type", "RINGTONE"),
            ],
        }),
        new("p055-file-deployment-and-deletion.xml", new DlsMessage
        {
            Nonce = "1FA4C76E8D3042B59E6107BD53C8F29A",
            Action = ServerAction.FileDeployment,
            Items =
            [
                new("file-action", "deploy", 1),
                new("file-https-base-url", "https://127.17.1.1:18443/files/lobby.png", 1),
                new("file-type", "SCREENSAVER", 1),
                new("file-action", "delete", 2),
                new("file-name", "office.mp3", 2),
                new("file-type", "RINGTONE", 2),
            ],
        }),
        new("p057-software-deployment.xml", new DlsMessage
        {
            Nonce = "0071BE5D94A2F6C83D1907E4B56A2CF1",
            Action = ServerAction.SoftwareDeployment,
            Items =
            [
                new("file-https-base-url", "https://127.17.1.1:18443/firmware/os80.img"),
                new("file-type", "APP"),
                new("file-sw-type", "Siemens SIP"),
                new("file-sw-version", "3.5.21.0"),
                new("file-priority", "normal"),
            ],
        }),
        new("p060-write-certificate.xml", new DlsMessage
        {
            Nonce = "B258E1F07C9D43A68104D6CE93F7A05B",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("wbm-server-certificate", "TUlJQ2NvbXBvc2VkLWZvci10aGUtdGVzdA=="),
            ],
        }),
        new("p064-secure-mode-without-pin.xml", new DlsMessage
        {
            Nonce = "0071BE5D94A2F6C83D1907E4B56A2CF1",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("goto-secure-mode", "nopin"),
                new("dls-client-certificate", "Y2xpZW50"),
                new("dls-server-ca", "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----", 0),
                new("dls-server-ca", "-----BEGIN CERTIFICATE-----\nREVG\n-----END CERTIFICATE-----", 1),
                new("dls-secure-port", "18444"),
            ],
        }),
        new("p067-secure-mode-with-pin.xml", new DlsMessage
        {
            Nonce = "0071BE5D94A2F6C83D1907E4B56A2CF1",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("goto-secure-mode", "pin"),
                new("secure-mode-data", "c2VjcmV0LXBhY2s="),
                new("max-pin-retries", "3"),
            ],
        }),
        new("p068-read-bootstrapping-tan.xml", new DlsMessage
        {
            Nonce = "1D64BE97A03F4C58B2E09F57C8D6A310",
            Action = ServerAction.ReadItems,
            Items =
            [
                new("bootstrapping-tan"),
            ],
        }),
        new("p071-write-items-part-1.xml", new DlsMessage
        {
            Nonce = "D3A76F1E20B94C85901DE7F2638AB5C0",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("function-key-def", "59", 1),
                new("key-label-unicode", "Line 1", 1),
            ],
        }),
        new("p071-write-items-part-2.xml", new DlsMessage
        {
            Nonce = "2A81D97EF0534BC6A37D90E1C56B48F2",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("function-key-def", "59", 2),
                new("key-label-unicode", "Line 2", 2),
            ],
        }),
        new("p035-clean-up-guide-layout.xml", new DlsMessage
        {
            Nonce = "ab07c3e5d1946f83a25d01e",
            Action = ServerAction.CleanUp,
        }, Exact: false),
        new("p046-write-items-server-layout.xml", new DlsMessage
        {
            Nonce = "D3A76F1E20B94C85901DE7F2638AB5C0",
            Action = ServerAction.WriteItems,
            Items =
            [
                new("function-key-def", "59", 1),
                new("function-key-def", "0"),
                new("system-name-unicode", "Müller & Söhne") { Type = "text" },
                new("e164", "NULL"),
            ],
        }, Exact: false),
    ];
}
