namespace OpenStage.Simulator.Fleet;

/// <summary>The answer to one question.</summary>
internal sealed record FleetAnswer
{
    public required FleetQuestion Question { get; init; }

    /// <summary>False when nothing was done to answer it; <see cref="Note"/> says why.</summary>
    public required bool Asked { get; init; }

    /// <summary>When it began, by the machine's clock.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>Seconds until the last phone was done, or until patience ended.</summary>
    public double? Seconds { get; init; }

    /// <summary>Phones that it was about.</summary>
    public int Phones { get; init; }

    /// <summary>Phones that did it.</summary>
    public int Done { get; init; }

    public string Note { get; init; } = "";

    public bool IsGood => !Asked || Done == Phones;

    /// <summary>The question in words.</summary>
    public static string Words(FleetQuestion question) => question switch
    {
        FleetQuestion.UpAtFirst => "all up at first",
        FleetQuestion.SteadyAfterBoot => "back to steady state after start-up",
        FleetQuestion.ApplyToAll => "a setting applied to all",
        FleetQuestion.ReadFromAll => "all items read from all",
        FleetQuestion.ApplyWhileInforming => "a setting applied to all while everyone informs",
        _ => "all items read from all while everyone informs",
    };
}
