using System.Globalization;
using System.Net;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Harness.Phones;

/// <summary>Brings a physical phone into a lab: has it call, and checks that it is the one that the lab file means.</summary>
internal sealed class PhysicalPhone(LabSession session, LabPhone entry, IActuators actuators, RestoreJournal journal)
{
    /// <summary>The phone, ready for cases or with the reason why it is not.</summary>
    public async Task<PhoneUnderTest> StartAsync()
    {
        string? unusable = null;
        Device? device = null;
        try
        {
            device = await CallAsync();
            Check(device);
        }
        catch (LabErrorException failed)
        {
            unusable = failed.Message;
        }

        var firmware = FirmwareVersion.TryParse(device?.Firmware, out var version) ? version : default;
        var phone = new PhoneUnderTest(session, entry, firmware, actuators, ContactMeUri(entry.Address ?? device?.Address), journal) { Unusable = unusable };
        // Its contact gap runs from the pre-check on: the first case must not be ignored for it.
        phone.Contacted();
        return phone;
    }

    /// <summary>Learns the phone's settings, sets back what a killed run left, and shortens the contact gap where that is allowed.</summary>
    public async Task PrepareAsync(PhoneUnderTest phone)
    {
        if (phone.Unusable is not null)
            return;
        try
        {
            if (!await session.Time.UntilAsync(() => session.Server.Devices.ItemsAsync(entry.Mac).Result.Count > 0, session.Lab.Patience))
                throw new LabErrorException($"The phone {entry.Id} did not tell its items within {session.Lab.Patience.TotalSeconds:0} s; what a case changes could not be set back.");
            await session.Time.PassAsync(session.CalmDown);

            var left = journal.Read();
            await session.LearnAsync(phone, left);
            if (left.Count > 0)
                await RestoreAsync(phone, left);
        }
        catch (Exception failed) when (failed is LabErrorException or ConformanceException)
        {
            phone.Unusable = failed.Message.ReplaceLineEndings(" ");
        }
    }

    private async Task RestoreAsync(PhoneUnderTest phone, IReadOnlyList<Item> left)
    {
        var open = await phone.Settings.RestoreAsync("", session.Time);
        session.Say(open.Count == 0
            ? $"The run before was ended before it could set back {entry.Id}: {string.Join(", ", left.Select(item => item.Name))}. It is done now."
            : $"The run before was ended before it could set back {entry.Id}, and it cannot be done now: {string.Join("; ", open.Select(item => $"{item.Item}: {item.Reason}"))}");
    }

    private static Uri ContactMeUri(string? address)
    {
        var ip = IPAddress.TryParse(address, out var known) ? known : IPAddress.Loopback;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{new IPEndPoint(ip, ContactMeRequest.DefaultPort)}{ContactMeRequest.Path}"));
    }

    private async Task<Device> CallAsync()
    {
        if (entry.Address is null && actuators.CanCyclePower)
            await actuators.CyclePowerAsync();
        else if (entry.Address is not null)
            await ContactAsync();

        var limit = entry.Address is null ? LabSession.RestartPatience : session.Lab.Patience;
        var hasCalled = await session.Time.UntilAsync(HasCalled, limit);
        if (!hasCalled && entry.Address is not null)
        {
            // It took the contact-me and does not call: perhaps somebody else has contacted it just before.
            await session.Time.UntilAsync(HasCalled, LabSession.DefaultContactGap);
            await ContactAsync();
            await session.Time.UntilAsync(HasCalled, limit);
        }

        if (session.Server.Devices.Get(entry.Mac) is { } device)
            return device;
        throw new LabErrorException(Other() is { } other
            ? $"The phone at {entry.Address} is {other.Mac}; {entry.Id} is {entry.Mac} in {session.Lab.File}. Correct the address or the MAC."
            : $"The phone {entry.Id} ({entry.Mac}) did not call {session.ContactMe(entry).ServerAddress}:{session.Server.PhoneUrl.Port} within {limit.TotalSeconds:0} s. See that it is on, that the way back is open ('lab doctor'), and that no other service contacts it.");
    }

    private bool HasCalled() => session.Server.Devices.Get(entry.Mac) is not null || Other() is not null;

    private async Task ContactAsync()
    {
        var sender = new ContactMeSender(ContactMeUri(entry.Address), entry.Mac, session.Recorder, () => session.Offset);
        var answer = await sender.PostAsync(session.ContactMe(entry).ToForm(), ContactMeRequest.ContentType);
        if (answer.Status is null)
            throw new LabErrorException($"The phone {entry.Id} cannot be reached at {entry.Address}, port {ContactMeRequest.DefaultPort}: {answer.Error}. See that it is on and that the address is its own.");
    }

    /// <summary>Who else called from the phone's address.</summary>
    private Device? Other() => entry.Address is null ? null
        : session.Server.Devices.List().FirstOrDefault(device => device.Mac != entry.Mac && device.Address == entry.Address);

    private void Check(Device device)
    {
        if (!device.Model.Equals(entry.Model, StringComparison.OrdinalIgnoreCase))
            throw new LabErrorException($"The phone {entry.Id} says that it is '{device.Model}'; {session.Lab.File} says '{entry.Model}'. Correct the model there, or put the right phone on the desk.");
        if (!FirmwareVersion.TryParse(device.Firmware, out var firmware))
            throw new LabErrorException($"The phone {entry.Id} says that its firmware is '{device.Firmware}', which is no version such as V3 R3.24.0.");
        if (entry.FirmwareAllowed.Count > 0 && !entry.FirmwareAllowed.Any(text => FirmwareVersion.Parse(text) == firmware))
            throw new LabErrorException($"The phone {entry.Id} has firmware '{firmware}'; allowed is {string.Join(", ", entry.FirmwareAllowed)}. Deploy one of these, or add the phone's to firmwareAllowed.");
    }
}
