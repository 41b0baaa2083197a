using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>
/// Loaded by the runtime into the server's process, before the server (environment variable DOTNET_STARTUP_HOOKS): kills
/// the process at a point inside a transaction of the store. The server itself knows nothing of it. The name and the
/// missing namespace are the runtime's rule.
/// </summary>
internal static unsafe class StartupHook
{
    /// <summary>Names the file that arms the hook: it holds a point and how often it is to be passed, such as <c>row 2</c>.</summary>
    public const string ArmingVariable = "OPENSTAGE_TESTS_KILL_AT";

    private static readonly Lock Gate = new();
    private static string arming = "";
    private static int rows;
    private static nint library;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ArmingVariable) is not { Length: > 0 } file)
            return;
        arming = file;
        library = NativeLibrary.Load("e_sqlite3", typeof(StartupHook).Assembly, null);
        var autoExtension = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_auto_extension");
        _ = autoExtension((nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&Opened);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Opened(nint database, nint error, nint api)
    {
        Set("sqlite3_update_hook", database, (nint)(delegate* unmanaged[Cdecl]<nint, int, nint, nint, long, void>)&RowChanges);
        Set("sqlite3_commit_hook", database, (nint)(delegate* unmanaged[Cdecl]<nint, int>)&Commits);
        return 0;
    }

    private static void Set(string name, nint database, nint hook)
    {
        var set = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint>)NativeLibrary.GetExport(library, name);
        _ = set(database, hook, database);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RowChanges(nint context, int operation, nint database, nint table, long row)
    {
        lock (Gate)
            DieAt(string.Create(CultureInfo.InvariantCulture, $"row {++rows}"));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Commits(nint database)
    {
        // Only now, because SQLite sets a hook of its own when the opening is over.
        Set("sqlite3_wal_hook", database, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int, int>)&Committed);
        lock (Gate)
        {
            rows = 0;
            DieAt("before commit");
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Committed(nint context, nint database, nint name, int pages)
    {
        lock (Gate)
            DieAt("after commit");
        return 0;
    }

    private static void DieAt(string point)
    {
        if (!File.Exists(arming) || File.ReadAllText(arming, Encoding.ASCII) != point)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Not one step further: the signal may take a moment.
        new ManualResetEventSlim().Wait(Timeout.Infinite);
    }
}
