namespace OpenStage.Harness.Phones;

/// <summary>Asks a person on the console and waits for the Enter key.</summary>
internal sealed class ConsolePrompts(TextReader input, TextWriter output) : IPrompts
{
    public async Task<string> AskAsync(string what, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"Please do: {what}. Press Enter when it is done.");
        // On a thread of its own: the console's reader blocks.
        return await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellation) is null ? "there is nobody to ask, as the console is closed" : "";
    }
}
