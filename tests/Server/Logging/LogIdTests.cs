using System.Reflection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Logging;

/// <summary>Log lines are told apart by their numbers, in whatever collector they end up.</summary>
public sealed class LogIdTests
{
    private static readonly (string Method, LoggerMessageAttribute Message)[] Messages =
    [
        .. typeof(ProvisioningServer).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => ($"{method.DeclaringType}.{method.Name}", method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(found => found.Item2 is not null),
    ];

    [Test]
    public void No_number_is_used_twice_and_none_is_left_out()
    {
        Assert.That(Messages, Has.Length.GreaterThan(10), "the messages are found");
        var shared = Messages.GroupBy(found => found.Message.EventId).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(found => found.Method))}");
        Assert.That(shared, Is.Empty);
        Assert.That(Messages.Where(found => found.Message.EventId <= 0).Select(found => found.Method), Is.Empty);
    }
}
