using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.Reproduction;

/// <summary>A failure with everything that one can have.</summary>
internal static class SampleRepro
{
    public static Repro Make() => new()
    {
        ToolVersion = "1.2.3",
        CaseId = "wpi/3.6.4/1",
        Before = ["wpi/1/1", "wpi/1/2"],
        Seed = 7,
        PatienceSeconds = 30,
        Phone = new LabPhone
        {
            Id = "os40",
            Mac = "00:1A:E8:00:00:40",
            Model = "OpenStage 40",
            Firmware = "V3 R3.24.0",
            Address = "127.20.0.9",
            Quirks = ["wrong-root", "connection-close%25"],
            FragmentItems = 120,
            WithoutItems = ["sntp-addr"],
            Recording = Recording(),
        },
        WasPhysical = true,
        Verdict = Verdict.Fail,
        Expected = "status 'busy'",
        Actual = "'accepted'",
    };

    public static Protocol.Recordings.Recording Recording() => new()
    {
        Device = new RecordedDevice { Mac = "00:1A:E8:00:00:40", Model = "OpenStage 40", Firmware = "V3 R3.24.0" },
        Exchanges = [Exchange(1, "a", "b"), Exchange(2, "needed", "c"), Exchange(3, "d")],
        Items = [new RecordedItem { Name = "e164", Value = "1" }, new RecordedItem { Name = "sntp-addr", Value = "x" }],
    };

    private static RecordedExchange Exchange(int number, params string[] items) => new()
    {
        Kind = ExchangeKind.Message,
        OffsetMilliseconds = number,
        Method = "POST",
        Target = "/",
        RequestHeaders = [new RecordedHeader("Host", "x"), new RecordedHeader("Connection", "close")],
        Request = new RecordedBody { Text = $"<WorkpointMessage>{string.Concat(items.Select(item => $"<Item name=\"{item}\">1</Item>\n"))}</WorkpointMessage>" },
        Status = 200,
        ResponseHeaders = [new RecordedHeader("Date", "x")],
        Response = new RecordedBody { Text = "<DLSMessage/>" },
    };
}
