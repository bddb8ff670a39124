namespace TenantPlatform.Bench.Api;

/// <summary>What is asked of every variant.</summary>
internal sealed record Operation(string Name, HttpMethod Method, int Status, string? Body, string AnswerStart)
{
    public static Operation Get { get; } = new("get", HttpMethod.Get, 200, null, """{"items":[{"id":""");

    public static Operation Post { get; } = new(
        "post", HttpMethod.Post, 201, """{"title":"Call them back","description":"They asked about the invoice of last month.","priority":2}""", """{"id":""");

    public static IReadOnlyList<Operation> All { get; } = [Get, Post];

    public static string PathOf(Seat seat) => $"/tenants/{seat.TenantId}/todos";

    public bool IsAnswer(int status, string body) => status == Status && body.StartsWith(AnswerStart, StringComparison.Ordinal);
}
