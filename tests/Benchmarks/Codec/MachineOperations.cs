using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Interactions;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Models;

namespace OpenStage.Benchmarks.Codec;

/// <summary>A start-up session on each of the two machines, without network and store.</summary>
internal static class MachineOperations
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    /// <summary>The server's side, from messages that are read already to effects that are not stored yet.</summary>
    public static Operation Interaction(WorkpointMessage startUp, WorkpointMessage reply)
    {
        var fresh = new InteractionState { Cookie = SampleMessages.Nonce, Mac = SampleMessages.Mac };
        var input = new InteractionInput { Now = Now, Address = "127.0.0.1" };
        if (Session().Action != ServerAction.CleanUp)
            throw new InvalidOperationException("The session does not end with CleanUp.");
        var bytes = WorkpointWriter.Write(reply);
        return new Operation(
            "interaction", bytes.Length, reply.Items!.Count, () => (int)Session().Action,
            Operations.XmlFloor, () => Operations.Walk(bytes));

        DlsMessage Session()
        {
            var begun = OpenStage.Server.Interactions.Interaction.Handle(fresh, startUp, input);
            return OpenStage.Server.Interactions.Interaction.Handle(begun.State, reply, input).Answer;
        }
    }

    /// <summary>The phone's side, from restart to CleanUp, its messages read and written.</summary>
    public static Operation Phone()
    {
        var phone = new Phone(
            new PhoneIdentity
            {
                Model = PhoneModels.Find("OpenStage 40")!,
                Firmware = FirmwareVersion.Parse("V3 R3.24.0"),
                Mac = "00:1A:E8:00:00:01",
                ContactMeUri = new Uri("http://127.20.0.1:8085/contact_dls.html/ContactDLS"),
                Server = new Uri("https://127.0.0.1:18443/DeploymentService/LoginService"),
            },
            seed: 1);
        var readAll = DlsWriter.Write(new DlsMessage { Nonce = "1", Action = ServerAction.ReadAllItems });
        var cleanUp = DlsWriter.Write(DlsMessage.CleanUp("1"));
        phone.Handle(new PhoneEvent.PowerOn(), Now);
        var posts = Session();
        if (posts.Count != 2)
            throw new InvalidOperationException("The phone did not post start-up and its items.");
        var reply = posts[1].Body.ToArray();
        return new Operation(
            "phone", reply.Length, WorkpointReader.Read(reply).Message!.Items!.Count, () => Session().Count,
            Operations.XmlFloor, () => Operations.Walk(reply));

        List<PhoneEffect.Post> Session()
        {
            List<PhoneEffect.Post> posted = [];
            posted.AddRange(phone.Handle(new PhoneEvent.TimerFired(PhoneTimer.Boot), Now).OfType<PhoneEffect.Post>());
            posted.AddRange(phone.Handle(new PhoneEvent.Answer(200, [], false, readAll), Now).OfType<PhoneEffect.Post>());
            phone.Handle(new PhoneEvent.Answer(200, [], false, cleanUp), Now);
            phone.Handle(new PhoneEvent.Restart(), Now);
            return posted;
        }
    }
}
