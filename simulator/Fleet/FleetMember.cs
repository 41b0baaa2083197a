using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Wire;

namespace OpenStage.Simulator.Fleet;

/// <summary>One phone of a fleet, and where it stands.</summary>
internal sealed class FleetMember : IPhoneWatch
{
    private readonly FleetMeter meter;
    private readonly Lock gate = new();
    private PhoneStanding standing = PhoneStanding.Off;
    private bool isOnTheWay;
    private bool gaveUp;
    private int ended;
    private FleetRound? round;

    /// <param name="number">Number of the phone in the fleet, from 0.</param>
    /// <exception cref="ArgumentException">An option is not allowed; the message names key, value and what is allowed.</exception>
    /// <exception cref="IOException">The contact-me port is in use.</exception>
    public FleetMember(int number, PhoneOptions options, PhoneSurroundings surroundings, FleetMeter meter)
    {
        this.meter = meter;
        Number = number;
        Phone = new SimulatedPhone(options, surroundings, this);
        meter.Move(null, standing);
    }

    public int Number { get; }

    public SimulatedPhone Phone { get; }

    /// <summary>The round counts this phone when its next interaction has ended.</summary>
    public void Join(FleetRound joined)
    {
        lock (gate)
            round = joined;
    }

    public void Waits() => OnTheWay(PhoneStanding.Waiting);

    public void Connects() => OnTheWay(PhoneStanding.Handshaking);

    public void Connected(TimeSpan connect, TimeSpan handshake)
    {
        meter.Connect.Add(connect);
        meter.Handshake.Add(handshake);
        Arrive();
    }

    public void Answered(TimeSpan span, int sent, int received) => meter.Answered(span, sent, received);

    public void Failed(string kind)
    {
        meter.Failed(kind);
        lock (gate)
            gaveUp |= kind == Machine.Phone.Unreachable;
        Arrive();
    }

    public void Handled(Phone phone)
    {
        lock (gate)
        {
            for (; ended < phone.Ended; ended++)
            {
                meter.Ended();
                gaveUp = false;
                round?.Count();
                round = null;
            }

            if (phone.InInteraction && isOnTheWay)
                return;
            isOnTheWay = false;
            Move(!phone.IsOn ? PhoneStanding.Off
                : phone.IsBooting ? PhoneStanding.Booting
                : phone.InInteraction ? PhoneStanding.InInteraction
                : gaveUp ? PhoneStanding.Failed
                : PhoneStanding.Resting);
        }
    }

    private void OnTheWay(PhoneStanding to)
    {
        lock (gate)
        {
            // What is still under way of a phone that has lost its power does not count.
            if (standing == PhoneStanding.Off)
                return;
            isOnTheWay = true;
            Move(to);
        }
    }

    private void Arrive()
    {
        lock (gate)
        {
            if (isOnTheWay)
                Move(PhoneStanding.InInteraction);
            isOnTheWay = false;
        }
    }

    private void Move(PhoneStanding to)
    {
        if (to == standing)
            return;
        meter.Move(standing, to);
        standing = to;
    }
}
