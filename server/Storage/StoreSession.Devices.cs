using Dapper;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    /// <summary>When a phone was last seen, in milliseconds since 1970: see <see cref="InteractionState.AsOfNow"/>.</summary>
    private const string LastSeen = "CASE WHEN interactions.seen > devices.last_seen THEN interactions.seen ELSE devices.last_seen END";

    public Device? Device(string mac)
    {
        var phone = phones.Of(mac);
        phone.Device ??= new PhoneCache.Known<Device>(
            statements.Bytes(StoredPhone.DeviceQuery, ("@mac", mac)) is { } body ? AsOf(InteractionOf(mac), Opened<Device>("devices", body)) : null);
        return phone.Device.Value.Value;
    }

    /// <summary>Phones in the filter's order.</summary>
    public IReadOnlyList<Device> Devices(DeviceFilter filter) =>
        [.. Connection.Query<(byte[] Device, byte[]? Interaction)>(
                $"SELECT devices.body, interactions.body {Chosen(filter)} ORDER BY {Order(filter)} LIMIT @Top OFFSET @Skip", Parameters(filter))
            .Select(row => AsOf(
                row.Interaction is { } body ? Opened<InteractionState>("interactions", body) : null, Opened<Device>("devices", row.Device)))];

    public IReadOnlyList<string> Macs(DeviceFilter filter) =>
        Column<string>($"SELECT devices.mac {Chosen(filter)} ORDER BY devices.mac LIMIT @Top OFFSET @Skip", Parameters(filter));

    public long CountDevices(DeviceFilter filter) => Scalar<long>($"SELECT count(*) {Chosen(filter)}", Parameters(filter));

    /// <summary>The different values of a column, to choose from.</summary>
    public IReadOnlyList<string> Models() => Column<string>("SELECT DISTINCT model FROM devices WHERE model <> '' ORDER BY model");

    public IReadOnlyList<string> Firmwares() =>
        Column<string>("SELECT firmware FROM devices WHERE firmware <> '' GROUP BY firmware ORDER BY max(firmware_order), firmware");

    /// <summary>How many phones have each firmware, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> CountByFirmware() =>
        [.. Connection.Query<(string, long)>("SELECT firmware, count(*) FROM devices GROUP BY firmware ORDER BY count(*) DESC, firmware")
            .Select(row => KeyValuePair.Create(row.Item1, row.Item2))];

    public IReadOnlyList<string> Locations() => Column<string>("SELECT DISTINCT location FROM devices WHERE location <> '' ORDER BY location");

    public void Save(Device device)
    {
        var phone = Changing(device.Mac);
        Tell($"device:{device.Mac}");
        // Where only times changed, the record of the interaction that changed them has them: most messages change no more.
        if (phone.Device is { Value: { } known } && known == device)
            return;
        statements.Run(
            """
            INSERT INTO devices (mac, model, firmware, firmware_order, location, last_seen, contact_failures, search, body)
            VALUES (@Mac, @Model, @Firmware, @order, @Location, @seen, @ContactFailures, @search, @body)
            ON CONFLICT (mac) DO UPDATE SET model = excluded.model, firmware = excluded.firmware, firmware_order = excluded.firmware_order,
                location = excluded.location, last_seen = excluded.last_seen, contact_failures = excluded.contact_failures,
                search = excluded.search, body = excluded.body
            """,
            ("@Mac", device.Mac),
            ("@Model", device.Model),
            ("@Firmware", device.Firmware),
            ("@order", FirmwareVersion.TryParse(device.Firmware, out var version) ? Order(version) : 0),
            ("@Location", device.Location),
            ("@seen", device.LastSeen.ToUnixTimeMilliseconds()),
            ("@ContactFailures", device.ContactFailures),
            ("@search", $"{device.Mac} {device.E164} {device.Model} {device.Firmware} {device.Address} {device.Location}".ToLowerInvariant()),
            ("@body", Sealed("devices", device)));
        phone.Device = new PhoneCache.Known<Device>(device);
    }

    /// <summary>The last that is known of a phone's items, in order of their names.</summary>
    public IReadOnlyList<DeviceItem> Items(string mac) => Known(mac).Read().Items;

    /// <summary>What changed at a phone, the latest first.</summary>
    public IReadOnlyList<ItemChange> ItemChanges(string mac, int top) =>
        Many<ItemChange>("item_changes", "SELECT body FROM item_changes WHERE mac = @mac ORDER BY id DESC LIMIT @top", new { mac, top });

    /// <summary>True when a message of this hash told nothing but what is known of the phone, and nothing else is known since.</summary>
    /// <param name="all">True for one that told all items.</param>
    public bool HasTold(string mac, bool all, string hash) => ToldItems.Has(Told(mac), ToldItems.Tag(hash, all));

    /// <summary>Keeps what a phone told about its items, and what is new in it.</summary>
    /// <param name="all">True when these are all it has; certificates are never among them (WPI guide p.30).</param>
    /// <param name="hash">Hash of the message that told them and no others, or empty: after a power cut a whole site tells what it told before.</param>
    public void Learn(string mac, IReadOnlyList<Item> items, bool all, DateTimeOffset at, string hash = "")
    {
        var tag = ToldItems.Tag(hash, all);
        var told = Told(mac);
        if (ToldItems.Has(told, tag))
            return;
        var learned = ItemLearning.Learn(Known(mac), items, all, at);
        // A new phone's start-up tells some items and its reply all of them: the start-up still tells nothing but what is known.
        told = ToldItems.With(learned.HasOnlyMore ? told : [], tag);
        if (learned.Items is not { } next)
        {
            if (tag.Length > 0)
                SaveTold(mac, told);
            return;
        }

        SaveItems(mac, next, told);
        if (learned.Changes.Count == 0)
            return;
        // Numbered phone by phone: a sequence of all would make each phone wait for every other.
        var last = Scalar<long?>("SELECT max(id) FROM item_changes WHERE mac = @mac", new { mac }) ?? 0;
        foreach (var change in learned.Changes)
        {
            statements.Run("INSERT INTO item_changes (mac, id, body) VALUES (@mac, @id, @body)",
                ("@mac", mac), ("@id", ++last), ("@body", Sealed("item_changes", change)));
        }

        Tell($"items:{mac}");
    }

    public void Save(string mac, IReadOnlyList<DeviceItem> items) => SaveItems(mac, StoredItems.Write(new KnownItems(items, AreAll: false)), []);

    private void SaveItems(string mac, byte[] items, byte[] told)
    {
        statements.Run("INSERT INTO device_items (mac, body, told) VALUES (@mac, @body, @told) ON CONFLICT (mac) DO UPDATE SET body = excluded.body, told = excluded.told",
            ("@mac", mac), ("@body", vault.Seal(items, "device_items")), ("@told", told));
        Changing(mac).Told = told;
    }

    private void SaveTold(string mac, byte[] told)
    {
        statements.Run("UPDATE device_items SET told = @told WHERE mac = @mac", ("@mac", mac), ("@told", told));
        Changing(mac).Told = told;
    }

    private byte[] Told(string mac) => phones.Of(mac).Told ??= statements.Bytes(StoredPhone.ToldQuery, ("@mac", mac)) ?? [];

    private StoredItems Known(string mac) =>
        statements.Bytes("SELECT body FROM device_items WHERE mac = @mac", ("@mac", mac)) is { } body
            ? new StoredItems(vault.Open(body, "device_items"))
            : StoredItems.None;

    private static Device AsOf(InteractionState? last, Device phone) => last?.AsOfNow(phone) ?? phone;

    private static string Order(DeviceFilter filter)
    {
        var column = filter.Order switch
        {
            DeviceOrder.Model => "model",
            DeviceOrder.Firmware => "firmware_order",
            DeviceOrder.Location => "location",
            DeviceOrder.LastSeen => LastSeen,
            _ => null,
        };
        var direction = filter.Descending ? " DESC" : "";
        return column is null ? $"devices.mac{direction}" : $"{column}{direction}, devices.mac";
    }

    private static long Order(FirmwareVersion version) =>
        ((version.Version * 10_000L + version.Release) * 1_000_000L + version.Minor) * 1_000_000L + version.Build;

    /// <summary>The phones of a filter.</summary>
    private static string Chosen(DeviceFilter filter)
    {
        List<string> tests = [];
        void If(bool isAsked, string test)
        {
            if (isAsked)
                tests.Add(test);
        }

        If(filter.Search is not null, "search LIKE @search ESCAPE '\\'");
        If(filter.Model is not null, "lower(model) = @model");
        If(filter.Firmware is not null, "firmware LIKE @firmware ESCAPE '\\'");
        If(filter.FirmwareBefore is not null, "firmware_order > 0 AND firmware_order < @order");
        If(filter.MacFrom is not null, "devices.mac >= @MacFrom");
        If(filter.MacTo is not null, "devices.mac <= @MacTo");
        If(filter.Location is not null, "location = @Location");
        If(filter.SeenSince is not null, $"{LastSeen} >= @since");
        If(filter.SeenBefore is not null, $"{LastSeen} < @before");
        If(filter.Unreachable is not null, filter.Unreachable == true ? "contact_failures > 0" : "contact_failures = 0");
        If(filter.HasOpenJobs is not null,
            $"{(filter.HasOpenJobs == true ? "" : "NOT ")}EXISTS (SELECT 1 FROM jobs WHERE jobs.mac = devices.mac AND jobs.is_final = 0)");
        const string All = "FROM devices LEFT JOIN interactions ON interactions.mac = devices.mac";
        return tests.Count == 0 ? All : $"{All} WHERE {string.Join(" AND ", tests)}";
    }

    private static object Parameters(DeviceFilter filter) => new
    {
        search = $"%{Like(filter.Search?.ToLowerInvariant())}%",
        model = filter.Model?.ToLowerInvariant(),
        firmware = $"{Like(filter.Firmware)}%",
        order = filter.FirmwareBefore is { } version ? Order(version) : 0,
        filter.MacFrom,
        filter.MacTo,
        filter.Location,
        since = filter.SeenSince?.ToUnixTimeMilliseconds() ?? 0,
        before = filter.SeenBefore?.ToUnixTimeMilliseconds() ?? 0,
        filter.Top,
        filter.Skip,
    };

    /// <summary>Text in which percent signs and such stand for themselves.</summary>
    private static string Like(string? text) => (text ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
