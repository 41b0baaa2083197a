using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Downloads;

/// <summary>
/// Just enough FTP to fetch one file in passive mode (RFC 959, RFC 2428). The FTP client of .NET is marked obsolete and
/// hides an interrupted transfer behind a short file, so the few commands are spoken here.
/// </summary>
internal sealed class FtpDownload : IDisposable
{
    private const int MaxLine = 2000;

    private readonly TcpClient control;
    private readonly StreamReader replies;
    private readonly NetworkStream commands;

    private FtpDownload(TcpClient control)
    {
        this.control = control;
        commands = control.GetStream();
        replies = new StreamReader(commands, Encoding.Latin1);
    }

    /// <exception cref="IOException">The server refused; the message has its reply.</exception>
    public static async Task<DownloadResult> LoadAsync(Uri source, string username, string password, CancellationToken cancellation)
    {
        var control = new TcpClient();
        try
        {
            await control.ConnectAsync(source.Host, source.Port, cancellation);
        }
        catch
        {
            control.Dispose();
            throw;
        }

        using var ftp = new FtpDownload(control);
        await ftp.ExpectAsync("greeting", '2', cancellation);
        var user = await ftp.TellAsync($"USER {(username.Length > 0 ? username : "anonymous")}", "23", cancellation);
        if (user.StartsWith('3'))
            await ftp.TellAsync($"PASS {(username.Length > 0 ? password : "phone@")}", "2", cancellation);
        await ftp.TellAsync("TYPE I", "2", cancellation);
        using var data = await ftp.OpenDataAsync(cancellation);
        await ftp.TellAsync($"RETR {Uri.UnescapeDataString(source.AbsolutePath.TrimStart('/'))}", "1", cancellation);
        var result = await FileDownload.ReadAsync(data.GetStream(), cancellation);
        data.Close();
        // Only this reply tells a whole file from one that broke off.
        await ftp.ExpectAsync("RETR", '2', cancellation);
        await ftp.TellAsync("QUIT", "2", cancellation);
        return result;
    }

    public void Dispose()
    {
        replies.Dispose();
        control.Dispose();
    }

    private async Task<TcpClient> OpenDataAsync(CancellationToken cancellation)
    {
        // Extended passive mode names a port alone; the address is that of the control connection, which no
        // server can bend to another machine.
        var reply = await TellAsync("EPSV", "25", cancellation);
        var port = reply.StartsWith('2') ? PortOf(reply, '|', 3) : -1;
        if (port < 0)
        {
            reply = await TellAsync("PASV", "2", cancellation);
            var start = reply.IndexOf('(', StringComparison.Ordinal);
            var end = reply.IndexOf(')', StringComparison.Ordinal);
            var numbers = start > 0 && end > start ? reply[(start + 1)..end].Split(',') : [];
            port = numbers.Length == 6 && byte.TryParse(numbers[4], CultureInfo.InvariantCulture, out var high) && byte.TryParse(numbers[5], CultureInfo.InvariantCulture, out var low)
                ? (high << 8) + low
                : throw new IOException($"The FTP server answered PASV with '{reply}'; allowed is a port in brackets.");
        }

        var address = ((IPEndPoint)control.Client.RemoteEndPoint!).Address;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var data = new TcpClient(address.AddressFamily);
        try
        {
            await data.ConnectAsync(address, port, cancellation);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static int PortOf(string reply, char separator, int part)
    {
        var parts = reply.Split(separator);
        return parts.Length > part && ushort.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : -1;
    }

    private async Task<string> TellAsync(string command, string allowed, CancellationToken cancellation)
    {
        if (command.AsSpan().ContainsAny('\r', '\n'))
            throw new IOException("An FTP item holds a line break; allowed is one line.");
        await commands.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
        var reply = await ReplyAsync(cancellation);
        return allowed.Contains(reply[0], StringComparison.Ordinal) ? reply : throw Refused(command.Split(' ')[0], reply);
    }

    private async Task ExpectAsync(string what, char allowed, CancellationToken cancellation)
    {
        var reply = await ReplyAsync(cancellation);
        if (reply[0] != allowed)
            throw Refused(what, reply);
    }

    private static IOException Refused(string command, string reply) => new($"The FTP server answered {command} with '{reply}'.");

    /// <summary>A reply, of which the last line has a blank after its number.</summary>
    private async Task<string> ReplyAsync(CancellationToken cancellation)
    {
        for (var lines = 0; lines < 200; lines++)
        {
            var line = await LineAsync(cancellation);
            if (line.Length >= 3 && char.IsAsciiDigit(line[0]) && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2]) && (line.Length == 3 || line[3] == ' '))
                return line;
        }

        throw new IOException("The FTP server sent a reply without end.");
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var letter = new char[1];
        while (line.Length < MaxLine)
        {
            if (await replies.ReadAsync(letter, cancellation) == 0)
                throw new IOException("The FTP server closed the connection.");
            if (letter[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(letter[0]);
        }

        throw new IOException($"The FTP server sent a line of more than {MaxLine} characters.");
    }
}
