namespace OpenStage.Simulator;

public sealed partial class SimulatedPhone
{
    [LoggerMessage(2001, LogLevel.Error, "Phone {Mac}: the emulation broke.")]
    private partial void LogBroken(Exception broken, string mac);

    [LoggerMessage(2002, LogLevel.Information, "Phone {Mac}: {Code}: expected {Expected}, found {Actual}.")]
    private partial void LogObserved(string mac, string code, string expected, string actual);
}
