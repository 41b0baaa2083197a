using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Golden;

/// <summary>What must be read from each message by which a phone opens an interaction (WPI guide p.28, p.32-42, p.54, p.83).</summary>
internal static class GoldenContacts
{
    public static IReadOnlyList<GoldenPhoneMessage> All { get; } =
    [
        new("p033-start-up-v2r1.xml", new WorkpointMessage
        {
            Nonce = "4F0C91D2A7B35E6688D1C02F9A3B7E14",
            Reason = ContactReason.StartUp,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 60"),
                new("related-device-type", "OpenStage 60"),
                new("gigabit-ethernet") { Status = ItemStatus.Failed },
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V2 R1.18.0"),
                new("related-software-version", "V2 R1.18.0"),
                new("contact-me-uri", "http://127.17.0.60:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:2A:10:60"),
                new("configuration-changed-flag", "false"),
                new("part-number", "S30817-S7403-A101-30"),
                new("sip-mobility-state", "0"),
                new("e164", "498972201060"),
                new("user-pwd", "274913"),
                new("user-pwd-unicode") { Status = ItemStatus.Failed },
                new("basic-e164", "498972201060"),
                new("mobility-enabled", "false"),
            ],
        }),
        new("p040-start-up-v2r2.xml", new WorkpointMessage
        {
            Nonce = "A90D3C5512FE48B07762E1CD0398BA45",
            Reason = ContactReason.StartUp,
            MaxItems = -1,
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
                new("part-number", "S30817-S7402-A103-20"),
                new("backlight-type", "1"),
                new("sip-mobility-state", "1"),
                new("e164", "498972201040"),
                new("user-pwd"),
                new("mobility-enabled", "true"),
                new("basic-e164", "498972201041"),
            ],
        }),
        new("p035-start-up-v3r1.xml", new WorkpointMessage
        {
            Nonce = "0071BE5D94A2F6C83D1907E4B56A2CF1",
            Reason = ContactReason.StartUp,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 80"),
                new("related-device-type", "OpenStage 80"),
                new("gigabit-ethernet-enabled", "true"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V3 R1.41.1"),
                new("related-software-version", "V3 R1.41.1"),
                new("contact-me-uri", "http://127.17.0.80:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:5C:03:80"),
                new("configuration-changed-flag", "false"),
                new("part-number", "S30817-S7405-A101-17"),
                new("backlight-type", "1"),
                new("sip-mobility-state", "0"),
                new("e164", "4930404080"),
                new("bootstrapping-tan"),
                new("basic-e164", "4930404080"),
                new("mobility-enabled", "false"),
                new("slog-archive-me", "false"),
                new("fault-report-slog-entry", "false"),
                new("fault-time-slog-entry"),
                new("fault-report-ocsr-connect", "false"),
                new("fault-time-ocsr-connect"),
                new("fault-report-admin-pwd", "true"),
                new("fault-time-admin-pwd", "21.03.2016 07:44:10"),
                new("fault-report-user-pwd", "false"),
                new("fault-time-user-pwd"),
                new("cloud-pin-value"),
            ],
        }),
        new("p041-solicited.xml", new WorkpointMessage
        {
            Nonce = "D3A76F1E20B94C85901DE7F2638AB5C0",
            Reason = ContactReason.Solicited,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 20E"),
                new("related-device-type", "OpenStage 20E"),
                new("gigabit-ethernet-enabled", "false"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V3 R3.24.0"),
                new("related-software-version", "V3 R3.24.0"),
                new("contact-me-uri", "http://127.17.0.20:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:20:0E:01"),
                new("configuration-changed-flag", "false"),
                new("part-number", "Unknown"),
                new("e164", "4930404020"),
                new("basic-e164", "4930404020"),
                new("mobility-enabled", "false"),
            ],
        }),
        new("p028-solicited-max-items-20.xml", new WorkpointMessage
        {
            Nonce = "51C2E8A06B3D4F97A1E05D7C92B846F3",
            Reason = ContactReason.Solicited,
            MaxItems = 20,
            Items =
            [
                new("contact-me-uri", "http://127.17.0.15:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:15:00:02"),
                new("e164", "4930404015"),
            ],
        }),
        new("p038-local-changes-v2r1.xml", new WorkpointMessage
        {
            Nonce = "8B16D05AF7C34E92B90A1D6E5F28C743",
            Reason = ContactReason.LocalChanges,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 20"),
                new("related-device-type", "OpenStage 20"),
                new("gigabit-ethernet") { Status = ItemStatus.Failed },
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V2 R1.18.0"),
                new("related-software-version", "V2 R1.18.0"),
                new("contact-me-uri", "http://127.17.0.21:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:2A:10:21"),
                new("configuration-changed-flag", "true"),
                new("part-number", "Unknown"),
                new("e164", "498972201021"),
                new("user-pwd-unicode") { Status = ItemStatus.Failed },
                new("basic-e164", "498972201021"),
                new("mobility-enabled", "false"),
            ],
        }),
        new("p040-local-changes-v2r2.xml", new WorkpointMessage
        {
            Nonce = "E27F904B1D6A4C3895B0F13C7A82D65E",
            Reason = ContactReason.LocalChanges,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 15"),
                new("related-device-type", "OpenStage 15"),
                new("gigabit-ethernet-enabled", "false"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V2 R2.30.0"),
                new("related-software-version", "V2 R2.30.0"),
                new("contact-me-uri", "http://127.17.0.16:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:15:22:16"),
                new("configuration-changed-flag", "true"),
                new("configuration-attached-flag", "true"),
                new("configuration-attached-number", "2"),
                new("part-number", "S30817-S7401-A101-12"),
                new("backlight-type", "1"),
                new("sip-mobility-state", "0"),
                new("e164", "498972201016"),
                new("user-pwd", "274913"),
                new("mobility-enabled", "false"),
                new("basic-e164", "498972201016"),
                new("dhcp", "true"),
                new("display-id-unicode", "Empfang Süd"),
            ],
        }),
        new("p028-inventory-changes.xml", new WorkpointMessage
        {
            Nonce = "3C90A5E7F1284BD69A07E3518BC2D46F",
            Reason = ContactReason.InventoryChanges,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 80"),
                new("related-device-type", "OpenStage 80"),
                new("gigabit-ethernet-enabled", "true"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V3 R1.41.1"),
                new("related-software-version", "V3 R1.41.1"),
                new("contact-me-uri", "http://127.17.0.80:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:5C:03:80"),
                new("configuration-changed-flag", "false"),
                new("part-number", "S30817-S7405-A101-17"),
                new("sip-mobility-state", "0"),
                new("e164", "4930404080"),
                new("basic-e164", "4930404080"),
                new("mobility-enabled", "false"),
                new("key-modules", "1"),
                new("blf-modules", "0"),
                new("slk-modules", "0"),
                new("km15-modules", "0"),
            ],
        }),
        new("p028-inventory-changes-logoff.xml", new WorkpointMessage
        {
            Nonce = "F6813D0C5E9742AB80C1D7294F3EB65A",
            Reason = ContactReason.InventoryChanges,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 60"),
                new("related-device-type", "OpenStage 60"),
                new("gigabit-ethernet-enabled", "true"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V3 R3.24.0"),
                new("related-software-version", "V3 R3.24.0"),
                new("contact-me-uri", "http://127.17.0.61:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:1A:E8:60:33:61"),
                new("configuration-changed-flag", "true"),
                new("sip-mobility-state", "0"),
                new("e164", "4930404999"),
                new("user-pwd", "480012"),
                new("basic-e164", "4930404061"),
                new("mobility-enabled", "true"),
                new("modified-items", "userdata-call-log,userdata-phonebook"),
            ],
        }),
        new("p054-status-one-file.xml", new WorkpointMessage
        {
            Nonce = "6D5E0B91C7F248A3B40E96D1278CFA35",
            Reason = ContactReason.Status,
            Items =
            [
                new("device-type", "OpenStage 60"),
                new("related-device-type", "OpenStage 60"),
                new("gigabit-ethernet-enabled", "true"),
                new("software-type", "Siemens SIP"),
                new("related-software-type", "Siemens SIP"),
                new("software-version", "V2 R2.30.0"),
                new("related-software-version", "V2 R2.30.0"),
                new("contact-me-uri", "http://127.17.0.60:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:2A:10:60"),
                new("configuration-changed-flag", "false"),
                new("e164", "498972201060"),
                new("file-deployment-date", "21:03:2016"),
                new("file-deployment-time", "14:05:09"),
                new("file-deployment-name", "office.mp3"),
                new("file-deployment-type", "RINGTONE"),
                new("file-deployment-status", "ok"),
            ],
        }),
        new("p055-status-two-files.xml", new WorkpointMessage
        {
            Nonce = "1FA4C76E8D3042B59E6107BD53C8F29A",
            Reason = ContactReason.Status,
            Items =
            [
                new("contact-me-uri", "http://127.17.0.60:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:2A:10:60"),
                new("e164", "498972201060"),
                new("file-deployment-name", "office.mp3", 1),
                new("file-deployment-name", "lobby.png", 2),
                new("file-deployment-type", "RINGTONE", 1),
                new("file-deployment-type", "SCREENSAVER", 2),
                new("file-deployment-status", "ok", 1),
                new("file-deployment-status", "failed", 2),
            ],
        }),
        new("p083-clean-up-pin-retries.xml", new WorkpointMessage
        {
            Nonce = "B97D20E5431C4F86A805F6C1DE92073B",
            Reason = ContactReason.CleanUp,
            Items =
            [
                new("mac-addr", "00:1A:E8:5C:03:80"),
                new("cleanup-reason", "password retries exceeded"),
            ],
        }),
        new("p033-start-up-guide-layout.xml", new WorkpointMessage
        {
            Nonce = "cd07e5b1946f83a25d01e7c",
            Reason = ContactReason.StartUp,
            MaxItems = -1,
            Items =
            [
                new("device-type", "OpenStage 20"),
                new("gigabit-ethernet") { Status = ItemStatus.Failed },
                new("software-version", "V1 R4.9.0"),
                new("contact-me-uri", "http://127.17.0.22:8085/contact_dls.html/ContactDLS"),
                new("mac-addr", "00:01:E3:2A:10:22"),
                new("configuration-changed-flag", "true"),
                new("e164", "498972201022"),
                new("user-pwd-unicode") { Status = ItemStatus.Failed },
            ],
        }, Exact: false),
    ];
}
