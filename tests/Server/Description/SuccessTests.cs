using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Description;

/// <summary>A client that knows the OpenAPI document alone can use all of the API.</summary>
public sealed class SuccessTests
{
    private ApiWorld world = null!;

    [SetUp]
    public async Task Start() => world = await ApiWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Every_operation_does_what_it_is_described_to_do()
    {
        foreach (var operation in world.Api.Operations)
        {
            await using var scenario = Scenario.Begin(world);
            await scenario.DoAsync(operation.Id);
        }

        await using (var nothing = Scenario.Begin(world))
        {
            // There is nothing to send to a phone that has all of it.
            using (var phone = new TestPhone(world.Lab.Server.PhoneUrl, nothing.Mac))
                await phone.RegisterAsync("""<Item name="sntp-addr">ntp.example.net</Item>""");
            Assert.That((await nothing.DoAsync("applyDeviceTemplate")).Status, Is.EqualTo(200));
        }

        var missing = from operation in world.Api.Operations
                      from status in operation.Statuses.Where(status => status is >= 200 and < 300)
                      where !world.Answered.Contains((operation.Id, status))
                      select $"{operation} never answered {status}";
        var faults = world.Faults.Concat(missing).ToList();
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task Every_parameter_of_a_query_takes_what_it_is_described_to_take()
    {
        foreach (var operation in world.Api.Operations)
        {
            foreach (var parameter in operation.Parameters.Where(parameter => !parameter.IsOfPath && !parameter.IsNeeded))
            {
                await using var scenario = Scenario.Begin(world);
                var request = await scenario.PrepareAsync(operation.Id);
                // Of firmware only.
                if (operation.Id == "uploadFile")
                    request = request.WithQuery("type", "APP");
                foreach (var value in Samples.Of(parameter.Schema).Append(parameter.Example).OfType<string>())
                    Assert.That((await world.SendAsync(request.WithQuery(parameter.Name, value))).IsSuccess, $"{operation} {parameter.Name}={value}");
            }
        }

        Assert.That(world.Faults, Is.Empty, string.Join('\n', world.Faults));
    }

    [Test]
    public void Every_route_of_the_API_is_described_and_no_page_is()
    {
        var routes = from route in world.Lab.Server.AdminServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     let path = "/" + System.Text.RegularExpressions.Regex.Replace(route.RoutePattern.RawText!.Trim('/'), @":\w+}", "}")
                     where path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal)
                     from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                     select $"{method} {path}";
        Assert.That(world.Api.Operations.Select(operation => $"{operation.Method} {operation.Path}"), Is.EquivalentTo(routes));
    }

    [Test]
    public void Every_operation_says_what_it_does_and_what_its_parameters_are()
    {
        Assert.That(world.Api.Operations.Select(operation => operation.Id), Is.Unique.And.All.Match("^[a-z][A-Za-z]+$"));
        foreach (var operation in world.Api.Operations)
        {
            Assert.That(operation.Summary, Is.Not.Empty, operation.ToString());
            foreach (var parameter in operation.Parameters)
                Assert.That(parameter.Description, Is.Not.Empty, string.Create(CultureInfo.InvariantCulture, $"{operation} {parameter.Name}"));
        }
    }
}
