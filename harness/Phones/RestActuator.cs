using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Phones;

/// <summary>Sends an HTTP request to a switch.</summary>
internal sealed class RestActuator(LabActuator entry, TimeProvider time) : IActuator
{
    public async Task SetAsync(bool on, string what)
    {
        var url = new Uri((on ? entry.On : entry.Off)[0]);
        // Host alone: path and query may carry a key.
        var place = url.Authority;
        using var limit = new CancellationTokenSource(entry.Timeout, time);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(entry.Method), url);
            using var answer = await client.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw new LabErrorException($"{what}: the switch {place} answered {(int)answer.StatusCode}; allowed is 200 to 299.",
                    advice: "Try the switch by hand with the same address and method; then correct the actuator in the lab file.");
        }
        catch (OperationCanceledException)
        {
            throw new LabErrorException($"{what}: the switch {place} did not answer within {entry.Timeout.TotalSeconds:0} s.",
                advice: "See that the switch is on and reachable from this machine, or give its actuator a longer timeout.");
        }
        catch (HttpRequestException broken)
        {
            throw new LabErrorException($"{what}: the switch {place} cannot be reached: {broken.Message}", broken,
                "See that the switch is on and reachable from this machine, and that its address in the lab file is right.");
        }
    }
}
