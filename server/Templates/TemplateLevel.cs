namespace OpenStage.Server.Templates;

/// <summary>How deep a template is; what a deeper one says counts.</summary>
public enum TemplateLevel
{
    /// <summary>For all phones, or for those of one location.</summary>
    Site,

    /// <summary>For all phones of one device type.</summary>
    Model,

    /// <summary>For one phone.</summary>
    Device,
}
