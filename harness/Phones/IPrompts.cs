namespace OpenStage.Harness.Phones;

/// <summary>Asks people to do what neither the wire nor a machine of the lab can do.</summary>
public interface IPrompts
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="what">What is to be done, such as "put os40 into a call".</param>
    /// <param name="cancellation">Ends the waiting, when nobody has answered for too long.</param>
    /// <returns>Empty when it is done; else why it is not.</returns>
    Task<string> AskAsync(string what, CancellationToken cancellation);
}
