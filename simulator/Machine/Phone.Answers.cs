using System.Text;
using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Machine;

internal sealed partial class Phone
{
    /// <summary>Fixed and publicly documented (WPI guide p.51).</summary>
    private const string FactoryResetPassword = "124816";

    /// <summary>The observation of a phone that gave up to reach the service.</summary>
    public const string Unreachable = "service-unreachable";

    /// <summary>Pause before the last message is sent again after CleanUp with overload. INFERRED.</summary>
    public static readonly TimeSpan OverloadPause = TimeSpan.FromSeconds(60);

    private static readonly ReaderOptions Reading = new() { Limits = new MessageLimits { MaxBytes = MessageLimits.HardMaxBytes } };

    private int fragmentsSent;

    private void Answered(PhoneSession current, PhoneEvent.Answer answer)
    {
        foreach (var cookie in answer.Cookies)
            current.Cookie = Behaviour.ReturnsCookieAttributes ? cookie : cookie.Split(';')[0].Trim();
        if (answer.Status is < 200 or > 299)
        {
            Observe("http-status", "HTTP status 200", $"{answer.Status}", 14);
            Undelivered(current, $"HTTP status {answer.Status}");
            return;
        }

        // WPI guide p.12: V2R2 and older must not be sent chunked encoding.
        if (answer.Chunked && (!Can.TakesChunked || Behaviour.RefusesChunked))
        {
            Observe("chunked", "Content-Length", "chunked encoding", 12);
            Complain(current);
            return;
        }

        if (Behaviour.Misunderstands.Count > 0 && Encoding.UTF8.GetString(answer.Body.Span) is var text && Behaviour.Misunderstands.Exists(fails => fails(text)))
        {
            Complain(current);
            return;
        }

        // Field: an empty body ends the interaction.
        if (answer.Body.Length == 0)
        {
            End(current);
            return;
        }

        var read = DlsReader.Read(Can.DecodesEntities && !Behaviour.KeepsEntities ? answer.Body : Rewriting.KeepEntities(answer.Body), Reading);
        foreach (var observation in read.Observations)
            Do(new PhoneEffect.Observe(observation));
        if (!read.Ok)
        {
            Observe(read.Error.Code, read.Error.Expected, read.Error.Actual, 13);
            Complain(current);
        }
        else
        {
            if (read.Message.Nonce != current.Nonce)
                Observe("nonce-not-echoed", "the nonce of the message being answered", "another one", 34);
            Act(current, read.Message);
        }
    }

    private void Act(PhoneSession current, DlsMessage message)
    {
        var items = message.Items ?? [];
        switch (message.Action)
        {
            case ServerAction.CleanUp:
                CleanUp(current, message);
                break;
            case ServerAction.None when message.ActionText is null:
                // Field: a message without Action ends the interaction.
                End(current);
                break;
            case ServerAction.GetNextFragment:
                NextFragment(current);
                break;
            case ServerAction.Restart:
                Restart(current, message);
                break;
            case ServerAction.WriteItems:
                Write(current, items);
                break;
            case ServerAction.ReadItems or ServerAction.ReadAllItems when InCall && Behaviour.RefusesReadsInCall:
                Reply(current, message.Action, ReplyStatus.Busy, null);
                break;
            case ServerAction.ReadItems:
                ReplyInFragments(current, message.Action, answers.Read(items));
                break;
            case ServerAction.ReadAllItems:
                unreportedChange = false;
                ReplyInFragments(current, message.Action, answers.ReadAll(firstMessages.StartUp(false)));
                break;
            case ServerAction.FileDeployment or ServerAction.SoftwareDeployment:
                Deploy(current, message, message.Action == ServerAction.SoftwareDeployment);
                break;
            default:
                Unsupported(current, message);
                break;
        }
    }

    /// <summary>WPI guide p.29: an unsupported action is answered failed.</summary>
    private void Unsupported(PhoneSession current, DlsMessage message)
    {
        Observe("action-not-supported", "an action this phone supports", message.ActionText ?? Wording.Of(message.Action), 29);
        if (Behaviour.DropsUnknownActions)
            End(current);
        else
            Reply(current, message.ActionText ?? Wording.Of(message.Action), Behaviour.AcceptsUnknownActions ? ReplyStatus.Accepted : ReplyStatus.Failed, []);
    }

    private void Write(PhoneSession current, IReadOnlyList<Item> items)
    {
        current.Writes++;
        if (current.Writes > 1 && Behaviour.StopsAfterFirstWrite)
        {
            End(current);
            return;
        }

        if (!InCall || Behaviour.Busy == BusyBehaviour.Accepts)
        {
            IReadOnlyList<Item> failed = answers.Write(items, Behaviour);
            Reply(current, ServerAction.WriteItems, ReplyStatus.Accepted, [.. failed, .. failed.Any(item => item.Name == "goto-secure-mode") ? [] : Bootstrap(items)]);
            return;
        }

        if (Behaviour.Busy == BusyBehaviour.BusyButApplies)
            answers.Write(items, Behaviour);
        // WPI guide p.46: the busy reply has no ItemList.
        Reply(current, ServerAction.WriteItems, Behaviour.Busy == BusyBehaviour.Failed ? ReplyStatus.Failed : ReplyStatus.Busy,
            Behaviour.Busy == BusyBehaviour.WithItemList ? [] : null);
    }

    private void CleanUp(PhoneSession current, DlsMessage message)
    {
        if (message.Value("cleanup-reason") == "overload")
        {
            // Field: the phone steps back and sends its last message again later.
            Do(new PhoneEffect.CloseConnection());
            Do(new PhoneEffect.StartTimer(PhoneTimer.Retry, OverloadPause));
            return;
        }

        if (Behaviour.AnswersCleanUp && !current.AnsweredCleanUp)
        {
            current.AnsweredCleanUp = true;
            Reply(current, ServerAction.CleanUp, ReplyStatus.Accepted, []);
            return;
        }

        var solicit = message.Value("send-solicited")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true
            && Can.SendSolicited && !Behaviour.IgnoresSendSolicited;
        SendSolicited = solicit || (SendSolicited && !Behaviour.CleanUpClearsFlag);
        if (current.Contact.Reason == ContactReason.LocalChanges)
            unreportedChange = false;
        End(current);
        if (current.Contact.Mobility != MobilityStep.LoggedOff)
            MobilityContactEnded(current.Contact.Mobility);

        // WPI guide p.75 note 21: an idle phone connects at once.
        if (solicit && (!InCall || Behaviour.CallsWhileBusy))
            CallBecauseIdle();
    }

    private void Restart(PhoneSession current, DlsMessage message)
    {
        var type = message.Value("restart-type");
        if (type is not null && (type != "FactoryReset" || (message.Value("restart-password") != FactoryResetPassword && !Behaviour.ResetsWithoutPassword)))
        {
            // What a phone does with a wrong password is not documented; INFERRED: it refuses.
            Observe("restart-refused", "restart-type FactoryReset with its password", "another type or password", 51);
            Reply(current, ServerAction.Restart, ReplyStatus.Failed, []);
        }
        else if (Behaviour.AnswersRestart)
        {
            Reply(current, ServerAction.Restart, ReplyStatus.Accepted, []);
        }
        else if (Behaviour.IgnoresRestart)
        {
            End(current);
        }
        else
        {
            // WPI guide p.32: without DHCP the phone cannot find the service after a factory reset.
            if (type is not null && !Behaviour.KeepsValuesOverFactoryReset)
            {
                memory.Reset();
                LeaveUser();
                Do(new PhoneEffect.Trust(null));
                serverKnown = identity.ServerFromDhcp;
            }

            Reboot();
        }
    }

    private void Reply(PhoneSession to, ServerAction action, ReplyStatus status, IReadOnlyList<Item>? items) =>
        Reply(to, Wording.Of(action), status, items);

    private void Reply(PhoneSession to, string action, ReplyStatus status, IReadOnlyList<Item>? items)
    {
        to.Replied = true;
        Send(to, ReplyMessage(action, status, items));
    }

    private WorkpointMessage ReplyMessage(string action, ReplyStatus status, IReadOnlyList<Item>? items) => new()
    {
        Nonce = NextNonce(),
        MaxItems = -1,
        Fragment = FragmentMark.Final,
        Reason = ContactReason.ReplyTo,
        Action = action,
        Status = status,
        Items = items,
    };

    private void ReplyInFragments(PhoneSession to, ServerAction action, IReadOnlyList<Item> items)
    {
        var whole = ReplyMessage(Wording.Of(action), ReplyStatus.Accepted, items);
        // Splitting measures each item; what fits without doubt need not be measured.
        var fragments = Behaviour.NeverFragments || (!(items.Count > identity.FragmentItems) && ReplySize.AtMost(items) < identity.FragmentBytes)
            ? [whole]
            : Fragmenter.Split(whole, identity.FragmentItems, identity.FragmentBytes);
        to.Fragments.Clear();
        IEnumerable<WorkpointMessage> rest = fragments.Skip(Behaviour.RestartsFragments ? 0 : 1);
        if (Behaviour.ShufflesFragments)
            rest = [.. rest.SkipLast(1).Reverse(), .. rest.TakeLast(1)];
        foreach (var fragment in rest)
            to.Fragments.Enqueue(fragment with { Nonce = NextNonce() });
        SendFragment(to, fragments[0]);
    }

    private void NextFragment(PhoneSession current)
    {
        if (current.Fragments.TryDequeue(out var fragment))
        {
            if (Behaviour.NeverEndsFragments && fragment.Fragment == FragmentMark.Final)
                current.Fragments.Enqueue(fragment with { Nonce = NextNonce() });
            SendFragment(current, Behaviour.NeverEndsFragments ? fragment with { Fragment = FragmentMark.Next } : fragment);
        }
        else
            // Out of turn; what a phone answers is not documented, INFERRED: failed.
            Reply(current, ServerAction.GetNextFragment, ReplyStatus.Failed, []);
    }

    private void SendFragment(PhoneSession to, WorkpointMessage fragment)
    {
        fragmentsSent++;
        to.Replied = true;
        if (Behaviour.LosesFragmentItems && fragment.Fragment == FragmentMark.Next && fragment.Items is { Count: > 0 } items)
        {
            var lost = 20 + (fragmentsSent % (items.Count - 20));
            fragment = fragment with { Items = [.. items.Where((_, position) => position != lost)] };
        }

        Send(to, fragment);
    }

    /// <summary>On invalid XML the phone sends clean-up itself (WPI guide p.13), once.</summary>
    private void Complain(PhoneSession current)
    {
        if (current.Complained || Behaviour.IgnoresInvalidXml)
        {
            End(current);
            return;
        }

        current.Complained = true;
        Send(current, new WorkpointMessage
        {
            Nonce = NextNonce(),
            MaxItems = -1,
            Reason = ContactReason.CleanUp,
            Items = [.. firstMessages.StartUp(unreportedChange), new Item("cleanup-reason", "invalid XML")],
        });
    }

    private void Undelivered(PhoneSession current, string reason)
    {
        Do(new PhoneEffect.CloseConnection());
        if (current.Attempts <= RetryPauses.Count)
        {
            Do(new PhoneEffect.StartTimer(PhoneTimer.Retry, RetryPauses[current.Attempts - 1]));
            current.Attempts++;
            return;
        }

        Observe(Unreachable, "an answer of the service", reason, 12);
        session = null;
        if (current.Contact.Reason == ContactReason.StartUp)
            Do(new PhoneEffect.StartTimer(PhoneTimer.Register, RegisterPause));
        // WPI guide p.72: if the idle connection fails after the normal connect procedure, the flag is kept.
        SendSolicited |= current.Contact.BecauseIdle;
        CallNext();
    }

    private void End(PhoneSession current)
    {
        leftCookie = current.Cookie;
        session = null;
        Ended++;
        if (!Behaviour.KeepsConnection)
            Do(new PhoneEffect.CloseConnection());
        if (memory.Read(new ItemKey("bootstrapping-tan")).Length > 0 && current.Contact.Reason == ContactReason.StartUp && current.Replied)
            memory.Forget("bootstrapping-tan");
        RestartPolling();
        if (bootstrapping is { } data)
            EnterSecureMode(data);
        else
            CallNext();
    }
}
