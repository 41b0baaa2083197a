using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>Runs a property with a fixed seed: the same cases on every machine, every time.</summary>
internal static class Cases
{
    private const ulong Seed = 0x0057_5049_2016_0004;

    // The generator wants an odd number here.
    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15;

    public static void ForAll<T>(Gen<T> values, Action<T> assert, int cases) => Prop.ForAll(values.ToArbitrary(), assert).Check(
        Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None))));
}
