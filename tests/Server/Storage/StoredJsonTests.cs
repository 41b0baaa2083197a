using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>Records in the store: written by code of the compiler, read by what reads those of all versions.</summary>
public sealed class StoredJsonTests
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    [Test]
    public void A_record_is_written_as_the_plain_serializer_writes_it()
    {
        var state = new InteractionState
        {
            Cookie = "A1",
            Mac = "00:1A:E8:00:00:01",
            Reason = ContactReason.StartUp,
            Expected = ServerAction.WriteItems,
            Duties = [InteractionPurpose.Registration],
            Part = [new Item("e164", "4711"), new Item("function-key-def", "", 3) { Status = ItemStatus.Failed }],
            LastAnswer = new DlsMessage { Nonce = "N", Action = ServerAction.WriteItems, Items = [new Item("e164", "\"<ü>\"")] },
            LastMessage = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero),
            Job = 12,
        };
        var device = new Device { Mac = state.Mac, Model = "OpenStage 40", LastSeen = state.LastMessage, ContactGapSeconds = 5 };

        foreach (var (written, plain) in new[]
        {
            (StoredJson.Write(state), JsonSerializer.SerializeToUtf8Bytes(state, Plain)),
            (StoredJson.Write(device), JsonSerializer.SerializeToUtf8Bytes(device, Plain)),
        })
        {
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(plain)), Is.True, System.Text.Encoding.UTF8.GetString(written));
        }
    }

    [Test]
    public void What_an_older_record_does_not_have_is_as_in_a_new_one()
    {
        var device = StoredJson.Read<Device>("""{"Mac":"00:1A:E8:00:00:01"}"""u8);
        Assert.That(device, Is.EqualTo(new Device { Mac = "00:1A:E8:00:00:01" }));
    }
}
