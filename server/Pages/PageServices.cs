namespace OpenStage.Server.Pages;

/// <summary>What pages need of the web host, beside what the accounts add.</summary>
internal static class PageServices
{
    public static void Add(IServiceCollection services, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddRazorComponents();
        services.AddAntiforgery(forms => forms.FormFieldName = Forms.FormFields.Token);
    }
}
