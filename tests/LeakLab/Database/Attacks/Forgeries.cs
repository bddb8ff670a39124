namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>Contexts that name the victim and that the database must refuse, by the front door and set by hand.</summary>
internal static class Forgeries
{
    public static IEnumerable<Entry> Signature(Subject subject, ContextMint? mint) => Both(Contexts(subject, mint).Select(Flip));

    public static IEnumerable<Entry> Expired(Subject subject, ContextMint? mint) => Both(subject.Rightful.Select(mint!.MintExpired));

    /// <summary>A true signature under the name of a key that did not make it, and a stranger's under the name of one that is known.</summary>
    public static IEnumerable<Entry> OtherKeyId(Subject subject, ContextMint? mint)
    {
        var stranger = ContextMint.WithUnknownKey();
        return mint is null
            ? Both(subject.Rightful.Select(stranger.Mint))
            : Both(subject.Rightful.Select(claims => mint.Mint(claims).Replace(mint.KeyId, mint.OtherKeyId ?? stranger.KeyId, StringComparison.Ordinal)))
                .Concat(Both(subject.Rightful.Select(claims => stranger.MintAs(mint.KeyId, claims))));
    }

    /// <summary>Without the end of the signature, and without the signature.</summary>
    public static IEnumerable<Entry> Truncated(Subject subject, ContextMint? mint) =>
        Both(Contexts(subject, mint).SelectMany(context => new[] { context[..^1], context[..context.LastIndexOf('.')] }));

    // Without the true key any other must do: then the key id is wrong too.
    private static IEnumerable<string> Contexts(Subject subject, ContextMint? mint) =>
        subject.Rightful.Select((mint ?? ContextMint.WithUnknownKey()).Mint);

    private static string Flip(string context) => context[..^1] + (context[^1] == '0' ? '1' : '0');

    // The front door does not look at the statement that follows, so it is tried once; what policies see is set by hand.
    private static IEnumerable<Entry> Both(IEnumerable<string> contexts) => contexts
        .SelectMany((context, i) => i == 0 ? new[] { new Entry(context), new Entry(context, ByHand: true) } : [new Entry(context, ByHand: true)]);
}
