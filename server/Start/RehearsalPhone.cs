using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server.Start;

/// <summary>A phone that does not exist: it starts up, tells all its items and says no more.</summary>
internal sealed class RehearsalPhone(HttpClient client, int number)
{
    /// <summary>As many items as a phone has.</summary>
    private const int MostItems = 460;

    /// <summary>An answer that asks for more than all items is not expected, and not waited for to end.</summary>
    private const int MostMessages = 4;

    private static readonly IReadOnlyList<ItemDefinition> Readable =
        [.. ItemCatalogue.Default.All.Where(item => item.Access is ItemAccess.ReadWrite or ItemAccess.ReadOnly).Take(MostItems)];

    /// <summary>Locally administered, so that no phone that exists has it.</summary>
    private readonly string mac = string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:{number >> 8:X2}:{number & 0xFF:X2}");

    /// <param name="edition">Items differ from edition to edition.</param>
    /// <exception cref="InvalidOperationException">The server did not end the interaction.</exception>
    public async Task StartUpAsync(int edition, CancellationToken cancellation)
    {
        var (answer, cookie) = await PostAsync(StartUp(), null, cancellation);
        for (var sent = 1; answer.Action == ServerAction.ReadAllItems && sent < MostMessages; sent++)
            (answer, cookie) = await PostAsync(Reply(answer.Nonce, edition), cookie, cancellation);
        if (answer.Action != ServerAction.CleanUp)
            throw new InvalidOperationException($"The server answered {answer.Action}.");
    }

    private async Task<(DlsMessage Answer, string? Cookie)> PostAsync(WorkpointMessage message, string? cookie, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, client.BaseAddress);
        request.Content = new ByteArrayContent(WorkpointWriter.Write(message));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "UTF-8");
        // Each session has a connection of its own.
        request.Headers.ConnectionClose = message.Reason == ContactReason.ReplyTo;
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        var answer = DlsReader.Read(await response.Content.ReadAsByteArrayAsync(cancellation)).Message
            ?? throw new InvalidOperationException("The server's answer cannot be read.");
        return (answer, response.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : cookie);
    }

    private WorkpointMessage StartUp() => new()
    {
        Nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
        MaxItems = -1,
        Reason = ContactReason.StartUp,
        Items =
        [
            new Item("device-type", "OpenStage 40"),
            new Item("software-type", "Siemens SIP"),
            new Item("software-version", "V3 R3.24.0"),
            new Item("contact-me-uri", "http://127.0.0.1:8085/contact_dls.html/ContactDLS"),
            new Item("mac-addr", mac),
            new Item("configuration-changed-flag", "true"),
            new Item("e164", string.Create(CultureInfo.InvariantCulture, $"4989{number:0000000}")),
        ],
    };

    private WorkpointMessage Reply(string nonce, int edition) => new()
    {
        Nonce = nonce,
        MaxItems = -1,
        Fragment = FragmentMark.Final,
        Reason = ContactReason.ReplyTo,
        Action = nameof(ServerAction.ReadAllItems),
        Status = ReplyStatus.Accepted,
        Items = [.. Readable.Select(item => new Item(
            item.Name, item.Name == "mac-addr" ? mac : string.Create(CultureInfo.InvariantCulture, $"a value of some length, {edition}"), item.Index == IndexRule.Required ? item.MinimumIndex : null))],
    };
}
