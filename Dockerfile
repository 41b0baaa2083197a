# The provisioning server and the emulated phones as container images; docs/server.md says how to run them.
#   docker build --target server -t openstage-server .
#   docker build --target simulator -t openstage-simulator .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY protocol ./protocol
COPY server ./server
COPY simulator ./simulator
COPY fixtures ./fixtures
RUN dotnet publish server/OpenStage.Server.csproj -c Release -o /out/server -p:UseAppHost=false
RUN dotnet publish simulator/OpenStage.Simulator.csproj -c Release -o /out/simulator -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS simulator
WORKDIR /app
COPY --from=build /out/simulator ./
USER $APP_UID
# Front panels and REST control, on 127.0.0.1 of the container only: share the network of the server, or of the host.
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=15s --start-period=20s CMD ["dotnet", "OpenStage.Simulator.dll", "health"]
ENTRYPOINT ["dotnet", "OpenStage.Simulator.dll"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS server
WORKDIR /app
COPY --from=build /out/server ./
# For the server's user only: key, certificate and database are in it.
RUN install -d -m 700 -o $APP_UID -g $APP_UID /data
ENV OPENSTAGE_DATA_FOLDER=/data \
    OPENSTAGE_LISTEN_ADDRESS=0.0.0.0 \
    OPENSTAGE_LOG_FORMAT=json
USER $APP_UID
VOLUME /data
# 18443: phones. 8080: administration, on 127.0.0.1 of the container unless OPENSTAGE_ADMIN_ADDRESS says otherwise.
EXPOSE 18443 8080
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD ["dotnet", "OpenStage.Server.dll", "health"]
ENTRYPOINT ["dotnet", "OpenStage.Server.dll"]
