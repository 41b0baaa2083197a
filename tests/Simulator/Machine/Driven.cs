using System.Text;
using System.Xml.Linq;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Tests.Machine;

/// <summary>A phone without any sockets, driven event by event.</summary>
internal sealed class Driven
{
    private readonly Phone phone;
    private DateTimeOffset now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public Driven(string firmware = "V3 R3.24.0", string model = "OpenStage 40", bool dhcp = true, int? fragmentItems = null, params string[] quirks)
    {
        phone = new Phone(
            new PhoneIdentity
            {
                Model = PhoneModels.Find(model)!,
                Firmware = FirmwareVersion.Parse(firmware),
                Mac = "00:1A:E8:00:00:01",
                ContactMeUri = new Uri("http://127.20.0.1:8085/contact_dls.html/ContactDLS"),
                Server = new Uri("https://127.0.0.1:18443/DeploymentService/LoginService"),
                ServerFromDhcp = dhcp,
                FragmentItems = fragmentItems,
            },
            seed: 7);
        phone.Wear([.. quirks.Select(QuirkUse.Parse)]);
        Happens(new PhoneEvent.PowerOn());
        Fires(PhoneTimer.Boot);
    }

    public Phone Phone => phone;

    /// <summary>Effects of the last event.</summary>
    public IReadOnlyList<PhoneEffect> Effects { get; private set; } = [];

    /// <summary>The POST of the last event, read with System.Xml.Linq; null when there was none.</summary>
    public XElement? Posted => Posts.Count > 0 ? XElement.Parse(Encoding.UTF8.GetString(Posts[^1].Body.Span)) : null;

    public IReadOnlyList<PhoneEffect.Post> Posts => [.. Effects.OfType<PhoneEffect.Post>()];

    public string Reason => Posted?.Descendants().Single(element => element.Name.LocalName == "ReasonForContact").Value ?? "";

    public string? Status => (string?)Posted?.Descendants().Single(element => element.Name.LocalName == "ReasonForContact").Attribute("status");

    public string? Fragment => (string?)Posted?.Descendants().Single(element => element.Name.LocalName == "Message").Attribute("fragment");

    public bool HasItemList => Posted?.Descendants().Any(element => element.Name.LocalName == "ItemList") == true;

    public IReadOnlyList<XElement> Items => [.. Posted?.Descendants().Where(element => element.Name.LocalName == "Item") ?? []];

    public XElement? Item(string name) => Items.FirstOrDefault(item => (string?)item.Attribute("name") == name);

    public Driven Happens(PhoneEvent happened)
    {
        Effects = phone.Handle(happened, now);
        return this;
    }

    public Driven Fires(PhoneTimer timer) => Happens(new PhoneEvent.TimerFired(timer));

    public Driven After(TimeSpan span)
    {
        now += span;
        return this;
    }

    public Driven Gets(string body, params string[] cookies) =>
        Happens(new PhoneEvent.Answer(200, cookies, false, Encoding.UTF8.GetBytes(body)));

    public Driven Gets(ServerAction action, params Item[] items) =>
        Happens(new PhoneEvent.Answer(200, [], false, DlsWriter.Write(new DlsMessage { Nonce = "1", Action = action, Items = items })));

    public Driven IsContacted(string? address = null, int? port = null) =>
        Happens(new PhoneEvent.ContactMe("POST", new ContactMeRequest(true, address, port), ""));
}
