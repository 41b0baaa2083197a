using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Machine;

/// <summary>Files and firmware (WPI guide p.52-57).</summary>
internal sealed partial class Phone
{
    /// <summary>How far off a clock is that was never set. INFERRED: it counts from 1970.</summary>
    private static readonly DateTimeOffset UnsetClock = DateTimeOffset.UnixEpoch;

    private Queue<Transfer>? transfers;
    private int downloads;

    /// <summary>FileDeployment and SoftwareDeployment have no reply-to: the phone hangs up and loads (p.52, p.56).</summary>
    private void Deploy(PhoneSession current, DlsMessage message, bool software)
    {
        var items = message.Items ?? [];
        if (Behaviour.IgnoresDeployments)
        {
            End(current);
            return;
        }

        if (Behaviour.AnswersDeployments)
        {
            Reply(current, message.Action, ReplyStatus.Accepted, []);
            return;
        }

        if (software && InCall && !Behaviour.TakesFirmwareInCall && (Behaviour.RefusesFirmwareInCall || !FileRequest.IsImmediate(items)))
        {
            // WPI guide p.56: rejected in a call; the form of the rejection is INFERRED.
            Reply(current, message.Action, ReplyStatus.Busy, null);
            return;
        }

        var files = FileRequest.Read(items);
        if (files.Count == 0 || (software && files.Count > 1))
        {
            Observe("deployment-items", software ? "the items of one file" : "the items of at least one file", $"{files.Count} files", 52);
            Reply(current, message.Action, ReplyStatus.Failed, []);
            return;
        }

        transfers ??= new Queue<Transfer>();
        transfers.Enqueue(new Transfer(files, software));
        End(current);
        if (transfers.Count == 1)
            NextFile();
    }

    private void NextFile()
    {
        while (transfers?.TryPeek(out var transfer) == true)
        {
            while (transfer.Current is { } file)
            {
                if (!file.Delete && file.Source is not null)
                {
                    Do(new PhoneEffect.Download(++downloads, file));
                    return;
                }

                transfer.Done(file.Delete ? Behaviour.KeepsFiles ? "" : memory.Files.Delete(file) : "the items do not say where the file is");
            }

            transfers.Dequeue();
            Report(transfer);
        }
    }

    private void Downloaded(PhoneEvent.Downloaded download)
    {
        if (download.Number != downloads || transfers is null || !transfers.TryPeek(out var transfer) || transfer.Current is not { } file)
            return;
        var fault = download.Result.Error;
        if (fault.Length == 0 && transfer.IsSoftware)
        {
            fault = Install(file, download.Result);
            if (fault.Length == 0)
            {
                Reboot();
                return;
            }
        }
        else if (fault.Length == 0)
        {
            fault = memory.Files.Store(file, download.Result.Bytes, Clock);
        }

        if (fault.Length > 0)
            Observe("download-failed", $"a file {file.Name} that can be used", fault, 54);
        transfer.Done(fault);
        NextFile();
    }

    /// <summary>Takes an image.</summary>
    /// <returns>Why it was not taken, or empty.</returns>
    private string Install(FileRequest file, DownloadResult result)
    {
        var image = FirmwareImage.Identify(file.Name, result.Start.Span);
        if (result.Bytes == 0)
            return "the image is empty";
        if (image.DeviceType.Length > 0 && image.DeviceType != identity.Model.DeviceType)
            return $"the image is for {image.DeviceType}";
        FirmwareVersion? wanted = FirmwareVersion.TryParse(file.SoftwareVersion, out var said) ? said : null;
        if (image.Version is { } found && wanted is not null && found != wanted)
            return $"the image is {found}, not {wanted}";
        if ((image.Version ?? wanted) is not { } version)
            return "neither the image nor file-sw-version says which version it is";
        if (!Behaviour.KeepsFirmware)
            memory.Firmware = version;
        return "";
    }

    /// <summary>After several files a status, too: servers in the field wait for it, though the guide has none (p.55).</summary>
    private void Report(Transfer transfer)
    {
        if (Behaviour.HidesStatus || (Behaviour.HidesStatusOfSeveral && transfer.Files[0].Index is not null))
            return;
        var report = transfer.Files.SelectMany(file => FileStore.Report(file.Name, file.Type, transfer.Fault(file).Length == 0, Clock, file.Index)).ToList();
        Contact(new PendingContact(ContactReason.Status, Extra: report));
        if (Behaviour.StatusTwice)
            Contact(new PendingContact(ContactReason.Status, Extra: report));
    }

    private DateTimeOffset Clock => Behaviour.ClockIsOff ? UnsetClock : now;
}
