namespace OpenStage.Server.Templates;

/// <summary>How an item of the templates compares with what the phone has.</summary>
public enum ItemComparison
{
    /// <summary>The phone has this value.</summary>
    Same,

    /// <summary>The phone has another value, or said that it has none.</summary>
    Different,

    /// <summary>The server does not know the phone's value.</summary>
    New,
}
