using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace OpenStage.Server.Phones;

/// <summary>Talks to the redirect service, and to nobody else: no redirects are followed, no proxies or cookies used.</summary>
internal sealed class RedirectClient : IDisposable
{
    private readonly Uri service;
    private readonly HttpClient http;

    public RedirectClient(Uri service, string? token, TimeSpan timeout)
    {
        this.service = new Uri(service.AbsoluteUri.TrimEnd('/') + "/");
#pragma warning disable CA2000 // The client owns the handler.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = 64 * 1024,
        };
#pragma warning restore CA2000
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Registers a phone, or takes its registration back.</summary>
    /// <returns>Why it failed, or empty.</returns>
    public async Task<string> SendAsync(PhoneRedirect redirect, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            redirect.IsWanted ? HttpMethod.Put : HttpMethod.Delete, new Uri(service, Uri.EscapeDataString(redirect.Mac)));
        if (redirect.IsWanted)
            request.Content = JsonContent.Create(new RedirectRegistration(redirect.Mac, redirect.Url, redirect.SerialNumber));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            // What is not there need not be taken back.
            return answer.IsSuccessStatusCode || (!redirect.IsWanted && answer.StatusCode == HttpStatusCode.NotFound)
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"the redirect service answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the redirect service did not answer within {http.Timeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException broken)
        {
            return $"the redirect service cannot be reached: {broken.HttpRequestError}";
        }
    }

    public void Dispose() => http.Dispose();
}
