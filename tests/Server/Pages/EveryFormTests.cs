using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Pages;

/// <summary>Bad input to every form that the pages have: each is found by itself, whatever page it is added to.</summary>
public sealed class EveryFormTests
{
    private const string Token = "form-token";
    private const string Kept = "kept-as-typed";

    /// <summary>What is typed into fields that are empty at first, so that the only fault of a form is the one it is given.</summary>
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["name"] = Kept,
        ["items"] = "dhcp = true",
        ["content.items"] = "dhcp = true",
        ["file"] = "ring",
        ["from"] = "127.0.0.1",
        ["to"] = "127.0.0.9",
        ["mac"] = "00:1A:E8:00:00:77",
        ["extension_number"] = "4712",
        ["password"] = "correct horse staple",
        ["currentPassword"] = PageWorld.Password,
        ["newPassword"] = "correct horse staple",
        ["again"] = "correct horse staple",
        ["language"] = "ENGLISH",
        ["timezone"] = "GMT-10 Honolulu",
        ["filename"] = "new.ph.json",
        ["window.from"] = "22:00",
        ["window.to"] = "06:00",
        ["url"] = "http://10.1.2.9:8081/dcmp/",
    };

    private PageWorld world = null!;
    private HttpClient stranger = null!;
    private IReadOnlyList<PageForm> forms = [];
    private IReadOnlyList<PageForm> gates = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        world = await PageWorld.StartAsync();
        stranger = PageWorld.NewBrowser(world.Lab, null);
        forms = await PageWalk.FormsAsync(world.Browser, "/");
        gates = await PageWalk.FormsAsync(stranger, "/login");
    }

    [OneTimeTearDown]
    public async Task End()
    {
        stranger?.Dispose();
        if (world is not null)
            await world.DisposeAsync();
    }

    private IEnumerable<(PageForm Form, HttpClient Browser)> All => [.. forms.Select(form => (form, world.Browser)), .. gates.Select(form => (form, stranger))];

    [Test]
    public void The_walk_finds_the_forms_of_all_sections() =>
        Assert.That(All.Select(found => found.Form.Action).Select(action => action.Split('/', '?')[1]).Distinct(), Is.SupersetOf(new[]
        {
            "phones", "users", "jobs", "campaigns", "templates", "phone-templates", "network", "files", "scans", "accounts", "audit", "me", "password", "login", "logout",
        }));

    [Test]
    public async Task A_form_with_an_unknown_field_or_a_field_twice_or_missing_is_refused_by_name()
    {
        var faults = new List<string>();
        foreach (var (form, browser) in All.Where(found => found.Form.IsPost))
        {
            var filled = form.Filled(Samples);
            await RefusedAsync(faults, browser, form, [.. filled, ("colour", "blue")], "colour", null);
            foreach (var field in form.Fields.Where(field => field.Name != Token && field.Kind is not ("checkbox" or "button" or "file") && field.Name is not "back"))
            {
                var rest = filled.Where(one => one.Name != field.Name).ToList();
                await RefusedAsync(faults, browser, form, rest, field.Name, field);
                await RefusedAsync(faults, browser, form, [.. filled, (field.Name, "again")], field.Name, field);
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task A_field_with_control_characters_or_a_text_without_end_is_refused_by_name()
    {
        var faults = new List<string>();
        foreach (var (form, browser) in All.Where(found => found.Form.IsPost))
        {
            var filled = form.Filled(Samples);
            foreach (var field in form.Fields.Where(field => field.Name != Token && field.Kind is not ("checkbox" or "button" or "file")))
            {
                var rest = filled.Where(one => one.Name != field.Name).ToList();
                await RefusedAsync(faults, browser, form, [.. rest, (field.Name, "a\u0001b")], field.Name, field);
                await RefusedAsync(faults, browser, form, [.. rest, (field.Name, new string('x', 400_000))], field.Name, field);
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task A_value_that_a_field_cannot_have_is_refused_beside_it_and_what_was_typed_is_kept()
    {
        var faults = new List<string>();
        // A login does not say which of the two was wrong.
        foreach (var (form, browser) in All.Where(found => found.Form.IsPost))
        {
            var filled = form.Filled(Samples);
            foreach (var field in form.Visible.Where(field => field.Kind != "file"))
            {
                var rest = filled.Where(one => one.Name != field.Name || field.Kind == "checkbox").ToList();
                await RefusedAsync(faults, browser, form, [.. rest, (field.Name, Wrong(field))], browser == stranger ? "" : field.Name, browser == stranger ? null : field);
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task A_search_for_what_is_no_text_is_refused_by_name()
    {
        var faults = new List<string>();
        foreach (var (form, browser) in All.Where(found => !found.Form.IsPost))
        {
            foreach (var field in form.Visible)
            {
                var rest = form.Filled(Samples).Where(one => one.Name != field.Name).ToList();
                foreach (var wrong in new[] { "a\u0001b", new string('x', 5000) })
                    await RefusedAsync(faults, browser, form, [.. rest, (field.Name, wrong)], field.Name, null);
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task A_form_for_what_is_not_there_finds_nothing()
    {
        var faults = new List<string>();
        foreach (var (form, browser) in All.Where(found => found.Form.IsPost))
        {
            var parts = form.Action.Split('/');
            for (var at = 2; at < parts.Length; at++)
            {
                foreach (var wrong in new[] { "nothing-here", "99999999", "99999999999999999999", "00:1A:E8:00:00:99", new string('x', 2000) })
                {
                    var action = string.Join('/', [.. parts[..at], wrong, .. parts[(at + 1)..]]);
                    await RefusedAsync(faults, browser, form, form.Filled(Samples), "", null, action);
                }
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task A_form_with_a_bad_token_gets_a_page_that_says_what_to_do_and_a_program_gets_JSON()
    {
        foreach (var (form, browser) in All.Where(found => found.Form.IsPost))
        {
            foreach (var token in new[] { null, "forged" })
            {
                var filled = form.Filled(Samples).Where(one => one.Name != Token).Concat(token is null ? [] : [(Token, token)]);
                using var request = form.Request(filled);
                using var answer = await browser.SendAsync(request);
                var page = await answer.Content.ReadAsStringAsync();
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), form.Name);
                Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"), form.Name);
                Assert.That(page, Does.Contain("go back, load the page anew, and send it once more").And.Contain("Nothing was changed"), form.Name);
            }

            using var program = form.Request(form.Filled(Samples).Where(one => one.Name != Token));
            program.Headers.Accept.ParseAdd("application/json");
            using var client = PageWorld.NewBrowser(world.Lab, null);
            client.DefaultRequestHeaders.Accept.Clear();
            using var said = await client.SendAsync(program);
            Assert.That(said.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"), form.Name);
        }
    }

    /// <summary>Sends a form; notes whatever is not as a refusal must be.</summary>
    /// <param name="named">What the page must name.</param>
    /// <param name="beside">The field beside which the rule must stand, or null.</param>
    private async Task RefusedAsync(
        List<string> faults, HttpClient browser, PageForm form, List<(string Name, string Value)> values, string named, PageField? beside, string? action = null)
    {
        var before = world.Rows();
        using var request = form.Request(values, action);
        using var answer = await browser.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        var text = WebUtility.HtmlDecode(page);
        var place = $"{form.Name} [{named}{action}] {(int)answer.StatusCode}";
        if ((int)answer.StatusCode is < 400 or >= 500 || answer.Content.Headers.ContentType?.MediaType != "text/html")
            faults.Add($"{place}: not a page that refuses");
        else if (!text.Contains(named, StringComparison.Ordinal) || !text.Contains("llowed is", StringComparison.Ordinal))
            faults.Add($"{place}: names no field or no rule");
        else if (beside is not null && beside.Kind != "hidden" && !Regex.IsMatch(page, $"id=\"field-{Regex.Escape(beside.Name)}-error\"[^>]*>[^<]*llowed is"))
            faults.Add($"{place}: says nothing beside the field but {Regex.Match(text, "<p class=\"error\"[^>]*>[^<]*").Value}");
        if (beside is not null && beside.Kind != "hidden")
            faults.AddRange(Lost(form, values, beside, text).Select(lost => $"{place}: {lost}"));
        if (!world.Rows().SequenceEqual(before))
            faults.Add($"{place}: changed the store");
    }

    /// <summary>What was typed and is not shown again, and secrets that are.</summary>
    private static IEnumerable<string> Lost(PageForm form, List<(string Name, string Value)> values, PageField beside, string text)
    {
        foreach (var field in form.Visible.Where(field => field.Name != beside.Name && field.Kind is not ("checkbox" or "file" or "select")))
        {
            var value = values.First(one => one.Name == field.Name).Value;
            if (field.IsSecret && value.Length > 0 && text.Contains(value, StringComparison.Ordinal))
                yield return $"shows the secret {field.Name}";
            if (!field.IsSecret && value.Length > 0 && !text.Contains(value, StringComparison.Ordinal))
                yield return $"has lost {field.Name}";
        }
    }

    private static string Wrong(PageField field) => field.Kind switch
    {
        "select" or "checkbox" => "none-of-these",
        "number" or "datetime-local" or "time" => "soon",
        "textarea" => $"= {new string('x', 5000)}",
        _ => new string('x', 5000),
    };
}
