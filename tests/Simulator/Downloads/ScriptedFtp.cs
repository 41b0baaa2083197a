using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenStage.Simulator.Tests.Downloads;

/// <summary>An FTP server that answers each command as it is told; it takes one client.</summary>
internal sealed class ScriptedFtp : IDisposable
{
    private readonly TcpListener control = new(IPAddress.Loopback, 0);
    private readonly TcpListener data = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> replies;
    private readonly byte[] content;

    /// <param name="replies">Replies by command, beside or instead of the usual ones; {port} is the data port, {high} and {low} its halves.</param>
    public ScriptedFtp(byte[] content, params (string Command, string Reply)[] replies)
    {
        this.content = content;
        control.Start();
        data.Start();
        this.replies = new()
        {
            ["greeting"] = "220 ready",
            ["USER"] = "331 password",
            ["PASS"] = "230-welcome\r\n230 in",
            ["TYPE"] = "200 ok",
            ["EPSV"] = "229 Entering (|||{port}|)",
            ["RETR"] = "150 here",
            ["done"] = "226 complete",
            ["QUIT"] = "221 bye",
        };
        foreach (var (command, reply) in replies)
            this.replies[command] = reply;
        Work = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)control.LocalEndpoint).Port;

    /// <summary>The commands that came.</summary>
    public List<string> Commands { get; } = [];

    public Task Work { get; }

    public void Dispose()
    {
        control.Dispose();
        data.Dispose();
    }

    private async Task ServeAsync()
    {
        using var client = await control.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync(replies["greeting"]);
        while (await reader.ReadLineAsync() is { } command)
        {
            Commands.Add(command);
            var port = ((IPEndPoint)data.LocalEndpoint).Port;
            await writer.WriteLineAsync(replies.GetValueOrDefault(command.Split(' ')[0], "500 what?")
                .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{high}", (port >> 8).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{low}", (port & 255).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            if (!command.StartsWith("RETR", StringComparison.Ordinal) || replies["RETR"][0] != '1')
                continue;
            using (var transfer = await data.AcceptTcpClientAsync())
                await transfer.GetStream().WriteAsync(content);
            await writer.WriteLineAsync(replies["done"]);
        }
    }
}
