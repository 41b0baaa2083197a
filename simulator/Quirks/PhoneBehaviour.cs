using System.Collections.Immutable;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Quirks;

/// <summary>How a phone deviates from the guide; the default does not.</summary>
public sealed record PhoneBehaviour
{
    public static PhoneBehaviour Guide { get; } = new();

    /// <summary>Changes made to each message before it is written, in order.</summary>
    public ImmutableList<Func<WorkpointMessage, WorkpointMessage>> Messages { get; init; } = [];

    /// <summary>Changes made to the written bytes, as text.</summary>
    public ImmutableList<Func<string, string>> Texts { get; init; } = [];

    /// <summary>Changes made to the HTTP request.</summary>
    public ImmutableList<Func<PhoneEffect.Post, PhoneEffect.Post>> Posts { get; init; } = [];

    /// <summary>Changes made to the answer to a contact-me.</summary>
    public ImmutableList<Func<PhoneEffect.AnswerContactMe, PhoneEffect.AnswerContactMe>> Acknowledgements { get; init; } = [];

    /// <summary>Answers of the service that are taken for invalid XML, by their text.</summary>
    public ImmutableList<Func<string, bool>> Misunderstands { get; init; } = [];

    /// <summary>Contact-me requests that are refused, by their text.</summary>
    public ImmutableList<Func<string, bool>> RefusesContactMe { get; init; } = [];

    /// <summary>Changes made to items before they are stored; null stores nothing.</summary>
    public ImmutableList<Func<Item, Item?>> Stores { get; init; } = [];

    public bool ConstantNonce { get; init; }

    public bool ReturnsCookieAttributes { get; init; }

    public bool KeepsCookieAfterCleanUp { get; init; }

    public BusyBehaviour Busy { get; init; }

    public bool RefusesReadsInCall { get; init; }

    public bool StaysBusy { get; init; }

    public bool IgnoresSendSolicited { get; init; }

    public bool CallsTwice { get; init; }

    public bool CallsWhileBusy { get; init; }

    public bool KeepsFlagOverRestart { get; init; }

    public bool CallsWithoutSendSolicited { get; init; }

    public bool CleanUpClearsFlag { get; init; }

    public bool AnswersCleanUp { get; init; }

    public bool AnswersRestart { get; init; }

    public bool IgnoresRestart { get; init; }

    public bool StaysSilentAfterRestart { get; init; }

    public bool KeepsValuesOverFactoryReset { get; init; }

    public bool IgnoresContactMe { get; init; }

    public string RefusedContactMeMethod { get; init; } = "";

    public bool RefusesContactMeInCall { get; init; }

    public bool CallsOnContactMeFalse { get; init; }

    public bool IgnoresContactMeAddress { get; init; }

    public bool IgnoresContactGap { get; init; }

    public bool AcceptsUnknownActions { get; init; }

    public bool DropsUnknownActions { get; init; }

    public bool AcceptsUnknownItems { get; init; }

    public bool AcceptsReadOnlyItems { get; init; }

    public bool ForgetsWrites { get; init; }

    public bool StoresAsciiOnly { get; init; }

    public bool ReportsFailedValues { get; init; }

    public bool ReportsAllWrittenItems { get; init; }

    public bool NeverFragments { get; init; }

    public bool RestartsFragments { get; init; }

    public bool LosesFragmentItems { get; init; }

    public bool IgnoresInvalidXml { get; init; }

    public bool StopsAfterFirstWrite { get; init; }

    public bool HidesLocalChanges { get; init; }

    public bool StormsLocalChanges { get; init; }

    public bool StaleNonce { get; init; }

    public bool KeepsEntities { get; init; }

    public bool ShufflesFragments { get; init; }

    public bool NeverEndsFragments { get; init; }

    public bool IgnoresFirstContactMe { get; init; }

    public bool DiesOfContactMe { get; init; }

    public bool CallsBackTwice { get; init; }

    public bool HidesStatus { get; init; }

    public bool HidesStatusOfSeveral { get; init; }

    public bool StatusTwice { get; init; }

    public bool KeepsFirmware { get; init; }

    public bool ClockIsOff { get; init; }

    public bool SendsWrongTan { get; init; }

    public bool RefusesChunked { get; init; }

    public bool KeepsContactMeAddress { get; init; }

    public bool KeepsConnection { get; init; }

    public bool ReportsChangeForEver { get; init; }

    public bool ResetsWithoutPassword { get; init; }

    public bool IgnoresDeployments { get; init; }

    public bool AnswersDeployments { get; init; }

    public bool KeepsFiles { get; init; }

    public bool TakesFirmwareInCall { get; init; }

    public bool RefusesFirmwareInCall { get; init; }

    /// <summary>Changes made to poll addresses.</summary>
    public ImmutableList<Func<Uri, Uri>> Polls { get; init; } = [];

    public bool PollsOnce { get; init; }

    public bool CallsAfterEveryPoll { get; init; }

    public bool IgnoresPollAnswers { get; init; }

    public bool StaysInDefaultMode { get; init; }

    public bool ShowsNoCertificate { get; init; }

    public bool CallsDefaultPort { get; init; }

    public bool KnowsNoPin { get; init; }
}
