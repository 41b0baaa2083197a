using System.Net;
using System.Xml;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;

namespace OpenStage.Benchmarks.Codec;

/// <summary>All operations that are measured one by one, in this process.</summary>
internal static class Operations
{
    public const string XmlFloor = "XmlReader walking the same bytes";
    private const string WriterFloor = "XmlWriter writing the same items";
    private const string FormFloor = "WebUtility over the same form";

    public static IReadOnlyList<Operation> All(int seed)
    {
        var reply = SampleMessages.Reply(seed);
        var startUp = SampleMessages.StartUp();
        var write = SampleMessages.WriteItems(seed);
        return
        [
            Reading("read-reply", WorkpointWriter.Write(reply), reply.Items!.Count, bytes => WorkpointReader.Read(bytes).Ok),
            Reading("read-start-up", WorkpointWriter.Write(startUp), startUp.Items!.Count, bytes => WorkpointReader.Read(bytes).Ok),
            Reading("read-write-items", DlsWriter.Write(write), write.Items!.Count, bytes => DlsReader.Read(bytes).Ok),
            Writing("write-reply", reply.Items, () => WorkpointWriter.Write(reply)),
            Writing("write-start-up", startUp.Items, () => WorkpointWriter.Write(startUp)),
            Writing("write-write-items", write.Items, () => DlsWriter.Write(write)),
            Masking(WorkpointWriter.Write(reply), reply.Items.Count),
            ContactMe(),
            MachineOperations.Interaction(startUp, reply),
            MachineOperations.Phone(),
        ];
    }

    /// <summary>Goes through a message as the platform's reader does, without looking at what it finds.</summary>
    public static int Walk(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false));
        var nodes = 0;
        while (reader.Read())
            nodes++;
        return nodes;
    }

    private static Operation Reading(string name, byte[] bytes, int items, Func<byte[], bool> read)
    {
        if (!read(bytes))
            throw new InvalidOperationException($"{name}: the sample is not read.");
        return new Operation(name, bytes.Length, items, () => read(bytes) ? 1 : 0, XmlFloor, () => Walk(bytes));
    }

    private static Operation Writing(string name, IReadOnlyList<Item> items, Func<byte[]> write) =>
        new(name, write().Length, items.Count, () => write().Length, WriterFloor, () => WriteItems(items));

    private static Operation Masking(byte[] bytes, int items) =>
        new("mask-reply", bytes.Length, items, () => TranscriptMask.Mask(bytes).Length, XmlFloor, () => Walk(bytes));

    private static Operation ContactMe()
    {
        var form = new ContactMeRequest(true, "127.0.0.1", 18443).ToForm();
        return new Operation(
            "contact-me", form.Length, 3,
            () => ContactMeRequest.TryParse("POST", "", form, out var request, out _) ? request.ToForm().Length : 0,
            FormFloor, () => WebUtility.UrlEncode(WebUtility.UrlDecode(form)).Length);
    }

    private static int WriteItems(IReadOnlyList<Item> items)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes))
        {
            writer.WriteStartElement("ItemList");
            foreach (var item in items)
            {
                writer.WriteStartElement("Item");
                writer.WriteAttributeString("name", item.Name);
                writer.WriteString(item.Value);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return (int)bytes.Length;
    }
}
