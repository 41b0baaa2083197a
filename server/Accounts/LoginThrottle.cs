using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Accounts;

/// <summary>
/// Slows down guessing: after five wrong logins of a name or of an address each further one has to wait, 1 s and then
/// twice as long each time, up to 5 min. Kept in the store, so that all nodes count together.
/// </summary>
internal sealed class LoginThrottle(Database database, TimeProvider time)
{
    /// <summary>Wrong logins before the first wait.</summary>
    public const int FreeTries = 5;

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Without a try for this long, a name or address begins anew.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>
    /// Begins a try. It counts as wrong until <see cref="Forgive"/>: tries at the same time do not all pass before the
    /// first of them has failed.
    /// </summary>
    /// <exception cref="RequestException">429: it is too early.</exception>
    public void Begin(string? name, IPAddress? address)
    {
        var now = time.GetUtcNow();
        var wait = database.Write(session =>
        {
            var byName = session.HoldFailures(Subject(name));
            var byAddress = session.HoldFailures(Subject(address));
            var until = byName.BlockedUntil > byAddress.BlockedUntil ? byName.BlockedUntil : byAddress.BlockedUntil;
            if (until > now)
                return until - now;
            session.SaveFailures(Subject(name), Failed(byName, now));
            session.SaveFailures(Subject(address), Failed(byAddress, now));
            return TimeSpan.Zero;
        });
        if (wait <= TimeSpan.Zero)
            return;
        var seconds = Math.Ceiling(wait.TotalSeconds);
        throw new RequestException("username", "", string.Create(CultureInfo.InvariantCulture, $"another login in {seconds} s: there were too many wrong ones"))
        {
            Status = 429,
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };
    }

    /// <summary>
    /// The try was right: the name begins anew. The address only loses this one try, or whoever has an account could
    /// guess at others without end.
    /// </summary>
    public void Forgive(string name, IPAddress? address) => database.Write(session =>
    {
        session.HoldFailures(Subject(name));
        var byAddress = session.HoldFailures(Subject(address));
        session.SaveFailures(Subject(name), new LoginFailures(0, DateTimeOffset.UnixEpoch, time.GetUtcNow()));
        session.SaveFailures(Subject(address), byAddress with { Count = Math.Max(0, byAddress.Count - 1), BlockedUntil = DateTimeOffset.UnixEpoch });
        return true;
    });

    /// <summary>Drops what no longer matters.</summary>
    public void Forget() => database.Write(session =>
    {
        session.RemoveFailuresBefore(time.GetUtcNow() - Memory);
        return true;
    });

    /// <param name="failures">Wrong logins in a row, 1 or more.</param>
    internal static TimeSpan Wait(int failures)
    {
        if (failures < FreeTries)
            return TimeSpan.Zero;
        var seconds = Math.Pow(2, Math.Min(failures - FreeTries, 20));
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
    }

    private static LoginFailures Failed(LoginFailures before, DateTimeOffset now)
    {
        var count = now - before.LastTry > Memory ? 1 : before.Count + 1;
        return new LoginFailures(count, now + Wait(count), now);
    }

    private static string Subject(string? name) => $"name:{(AccountName.TryNormalise(name, out var normal) ? normal : "")}";

    /// <summary>Of IPv6 the first 64 bits: the rest is anybody's to choose.</summary>
    private static string Subject(IPAddress? address)
    {
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            return $"address:{Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))}";
        return $"address:{(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)}";
    }
}
