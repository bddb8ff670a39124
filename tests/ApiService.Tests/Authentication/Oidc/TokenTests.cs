using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static TenantPlatform.ApiService.Tests.Authentication.Oidc.OidcApi;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>Which tokens are believed.</summary>
public sealed class TokenTests(OidcApi oidc, ApiFixture fixture) : IClassFixture<OidcApi>
{
    public static TheoryData<string> Lies => [.. Refused.Keys];

    private static readonly Dictionary<string, Func<TestIssuer, string>> Refused = new()
    {
        ["another audience"] = issuer => issuer.Token(NewSubject(), claims: body => body["aud"] = "somebody else"),
        ["other audiences"] = issuer => issuer.Token(NewSubject(), claims: body => body["aud"] = new JsonArray("one", "two")),
        ["no audience"] = issuer => issuer.Token(NewSubject(), claims: body => body.Remove("aud")),
        ["another issuer"] = issuer => issuer.Token(NewSubject(), claims: body => body["iss"] = "https://evil.example"),
        ["expired"] = issuer => issuer.Token(NewSubject(), claims: body => body["exp"] = TestIssuer.In(TimeSpan.FromSeconds(-31))),
        ["without an end"] = issuer => issuer.Token(NewSubject(), claims: body => body.Remove("exp")),
        ["with an end that is no time"] = issuer => issuer.Token(NewSubject(), claims: body => body["exp"] = 1e300),
        ["not valid yet"] = issuer => issuer.Token(NewSubject(), claims: body => body["nbf"] = TestIssuer.In(TimeSpan.FromSeconds(40))),
        ["with a beginning that is no time"] = issuer => issuer.Token(NewSubject(), claims: body => body["nbf"] = "soon"),
        ["without a subject"] = issuer => issuer.Token(NewSubject(), claims: body => body.Remove("sub")),
        ["with an empty subject"] = issuer => issuer.Token(""),
        ["with a subject that is no text"] = issuer => issuer.Token("a\0b"),
        ["of a kind that is no token for APIs"] = issuer => issuer.Token(NewSubject(), header: head => head["typ"] = "logout+jwt"),
        ["with an extension that must be understood"] = issuer => issuer.Token(NewSubject(), header: head => head["crit"] = new JsonArray("exp")),
        ["with a key that the issuer does not have"] = issuer => issuer.Token(NewSubject(), key: TestKey.NewRsa()),
        ["with a key that only has the name of the issuer's"] = issuer => issuer.Token(NewSubject(), key: TestKey.NewRsa(issuer.Keys[0].Id)),
        ["with another algorithm than the key is for"] = issuer => issuer.Token(NewSubject(), header: head => head["alg"] = "PS256"),
        ["unsigned"] = issuer => Unsigned(issuer.Token(NewSubject(), header: head => head["alg"] = "none")),
        ["signed, but declared unsigned"] = issuer => issuer.Token(NewSubject(), header: head => head["alg"] = "none"),
        ["without its signature"] = issuer => Unsigned(issuer.Token(NewSubject())),
        ["with the public key as the secret"] = issuer => issuer.Token(NewSubject(), key: Confused(issuer.Keys[0])),
        ["with a claim that is there twice"] = issuer => Twice(issuer),
        ["changed after it was signed"] = issuer => Spliced(issuer.Token(NewSubject()), issuer.Token(NewSubject())),
        ["that is no token"] = _ => "a.b.c",
        ["that is longer than any"] = issuer => issuer.Token(NewSubject(), claims: body => body["padding"] = new string('x', 10_000)),
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Not_one(string lie)
    {
        var answer = await oidc.GetMeAsync(Refused[lie](oidc.Issuer));

        answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task One_that_is_signed_with_a_key_of_either_kind(int key)
    {
        var subject = NewSubject();

        var me = await oidc.GetMeAsync(oidc.Issuer.Token(subject, key: oidc.Issuer.Keys[key]));

        Assert.Equal($"{subject}@example.org", (string?)me.Require(HttpStatusCode.OK).Body["email"]);
    }

    [Fact]
    public async Task One_for_several_audiences_and_within_the_difference_of_clocks()
    {
        var token = oidc.Issuer.Token(NewSubject(), claims: body =>
        {
            body["aud"] = new JsonArray("other", TestIssuer.Audience);
            body["exp"] = TestIssuer.In(TimeSpan.FromSeconds(-10));
            body["nbf"] = TestIssuer.In(TimeSpan.FromSeconds(10));
        });

        (await oidc.GetMeAsync(token)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Our_own_tokens_are_good_beside_it()
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.At(oidc.Api).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task None_where_no_issuer_is_configured() =>
        (await fixture.Api.Anonymous.With(oidc.Issuer.Token(NewSubject())).GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");

    private static string Unsigned(string token) => token[..(token.LastIndexOf('.') + 1)];

    private static string Spliced(string one, string other) => string.Join('.', one.Split('.')[0], other.Split('.')[1], one.Split('.')[2]);

    private static TestKey Confused(TestKey key)
    {
        var secret = Encoding.UTF8.GetBytes(key.Published.ToJsonString());
        return key with { Algorithm = "HS256", Sign = data => HMACSHA256.HashData(secret, data) };
    }

    private static string Twice(TestIssuer issuer)
    {
        var key = issuer.Keys[0];
        var parts = issuer.Token(NewSubject()).Split('.');
        var body = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var signed = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body.Replace("{", "{\"sub\":\"one\",", StringComparison.Ordinal)))}";
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
