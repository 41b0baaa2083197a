using System.Text;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Sends one HTTP request of a hook and looks at its status.</summary>
internal sealed class HttpHook(LabHook entry, TimeProvider time)
{
    private const string ContentType = "Content-Type";

    /// <param name="headers">Without Content-Type a body is JSON.</param>
    /// <param name="what">The job in a few words, for errors.</param>
    /// <exception cref="LabErrorException">The other side did not answer, or not with 200 to 299.</exception>
    public async Task SendAsync(string method, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, string body, string what)
    {
        // Host alone: path, query and answer may hold a secret.
        var place = url.Authority;
        using var limit = new CancellationTokenSource(entry.Timeout, time);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation(ContentType,
                headers.FirstOrDefault(header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)).Value ?? "application/json");
        }

        foreach (var (name, value) in headers.Where(header => !header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)))
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await client.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw new LabErrorException($"{what}: the hook at {place} answered {(int)answer.StatusCode}; allowed is 200 to 299.");
        }
        catch (OperationCanceledException)
        {
            throw new LabErrorException($"{what}: the hook at {place} did not answer within {entry.Timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException broken)
        {
            throw new LabErrorException($"{what}: the hook at {place} cannot be reached: {broken.Message}", broken);
        }
    }
}
