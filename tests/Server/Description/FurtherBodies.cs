namespace OpenStage.Server.Tests.Description;

/// <summary>Bodies that have in them what the examples of the description have not.</summary>
internal static class FurtherBodies
{
    /// <summary>Each with its operation and the field that it is the value of; empty for the body itself.</summary>
    public static IReadOnlyList<(string Operation, string Field, string Json)> All { get; } =
    [
        ("createJob", "", """
            {"mac":"00:1A:E8:00:00:01","kind":"FileDeployment","files":[{"action":"Deploy","name":"a.mp3","type":"RINGTONE",
            "ftp":{"server":"10.1.2.3","port":21,"path":"a","userName":"u","password":"p"}}]}
            """),
        ("createJob", "", """
            {"mac":"00:1A:E8:00:00:01","kind":"SoftwareDeployment","files":[{"name":"a.img","type":"APP","url":"https://files.example.net/a.img"}],
            "software":{"version":"V3 R5.12.0","softwareType":"Siemens SIP","whenIdle":true},"priority":1,"lifetimeSeconds":60}
            """),
        ("createJob", "", """{"mac":"00:1A:E8:00:00:01","kind":"WriteItems","items":[{"name":"dhcp","value":"true"}],"readBack":[{"name":"dhcp","index":1}]}"""),
        ("createCampaign", "content", """
            {"kind":"FileDeployment","files":[{"action":"Deploy","name":"a.mp3","type":"RINGTONE",
            "ftp":{"server":"10.1.2.3","port":21,"path":"a","userName":"u","password":"p"}}]}
            """),
        ("createCampaign", "content", """
            {"kind":"SoftwareDeployment","files":[{"name":"a.img","type":"APP","url":"https://files.example.net/a.img"}],
            "software":{"version":"V3 R5.12.0","softwareType":"Siemens SIP","whenIdle":true}}
            """),
    ];
}
