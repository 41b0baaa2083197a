using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Operations;

/// <summary>One row as a line of JSON: an array of texts, numbers, base64 for bytes, and null.</summary>
internal static class BackupRow
{
    /// <param name="line">Emptied, then filled with the line and its end.</param>
    public static void Write(DbDataReader row, IReadOnlyList<StoredColumn> columns, ArrayBufferWriter<byte> line)
    {
        line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartArray();
            for (var place = 0; place < columns.Count; place++)
            {
                if (row.IsDBNull(place))
                    json.WriteNullValue();
                else if (columns[place].Kind == ColumnKind.Integer)
                    json.WriteNumberValue(Convert.ToInt64(row.GetValue(place), System.Globalization.CultureInfo.InvariantCulture));
                else if (columns[place].Kind == ColumnKind.Bytes)
                    json.WriteBase64StringValue((byte[])row.GetValue(place));
                else
                    json.WriteStringValue(row.GetString(place));
            }

            json.WriteEndArray();
        }

        line.Write("\n"u8);
    }

    /// <exception cref="InvalidDataException">The line is no row of these columns.</exception>
    public static void Read(string line, BackupTable table, DbParameterCollection values)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetArrayLength() != table.Columns.Count)
                throw new InvalidDataException($"{table.Part()} has a row with another number of values than columns.");
            for (var place = 0; place < table.Columns.Count; place++)
                values[place].Value = Value(json.RootElement[place], table.Columns[place].Kind);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{table.Part()} has a line that is no row.", broken);
        }
    }

    private static object Value(JsonElement json, ColumnKind kind) => json.ValueKind == JsonValueKind.Null ? DBNull.Value : kind switch
    {
        ColumnKind.Integer => json.GetInt64(),
        ColumnKind.Bytes => json.GetBytesFromBase64(),
        _ => json.GetString()!,
    };
}
