using NUnit.Framework;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Passwords are kept in a form from which nobody gets them back.</summary>
public sealed class PasswordHashTests
{
    [Test]
    public void A_password_is_stretched_with_a_salt_of_its_own()
    {
        var (one, two) = (PasswordHash.Of(Api.Password), PasswordHash.Of(Api.Password));
        Assert.That(one, Does.Match(@"^pbkdf2-sha256\$600000\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}$").And.Not.EqualTo(two));
        Assert.That(PasswordHash.Matches(one, Api.Password), Is.True);
        Assert.That(PasswordHash.Matches(two, Api.Password + " "), Is.False);
    }

    /// <summary>Against a vector that another implementation (OpenSSL) made.</summary>
    [Test]
    public void The_stretching_is_the_standard_s() => Assert.That(PasswordHash.Matches(
        "pbkdf2-sha256$4096$c2FsdA==$xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o=", "password"), Is.True);

    [Test]
    public void A_one_time_password_is_different_each_time_and_matches_itself_only()
    {
        var (one, two) = (PasswordHash.MakeOneTime(), PasswordHash.MakeOneTime());
        Assert.That(one, Is.Not.EqualTo(two));
        Assert.That(PasswordHash.OfOneTime(one), Does.Not.Contain(one));
        Assert.That(PasswordHash.Matches(PasswordHash.OfOneTime(one), one), Is.True);
        Assert.That(PasswordHash.Matches(PasswordHash.OfOneTime(one), two), Is.False);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("sha256$")]
    [TestCase("plain")]
    public void Without_a_stored_password_nothing_matches(string? stored)
    {
        Assert.That(PasswordHash.Matches(stored, ""), Is.False);
        Assert.That(PasswordHash.Matches(stored, "plain"), Is.False);
    }
}
