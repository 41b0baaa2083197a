using OpenStage.Server.Logging;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Configuration;

/// <summary>All that a server process is told: by a file, by environment variables and by its command line.</summary>
internal sealed record ServerConfiguration(ServerOptions Server, TelemetryOptions Telemetry, LogOptions Log);
