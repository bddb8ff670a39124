using System.Globalization;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>Everything needed to start the server once more.</summary>
internal sealed record Launch(DataDirectory Data, PostgresBinaries Binaries, ServerAccount Account, EmbeddedPostgresOptions Options)
{
    /// <summary>What a server may skip when nobody will ever read its data again.</summary>
    private static readonly string[] Throwaway =
        ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];

    /// <summary>Readiness and errors are read from the log, so it has to come to us and in English.</summary>
    private static readonly string[] Fixed = ["logging_collector=off", "log_destination=stderr", "lc_messages=C"];

    /// <summary>Goes away with the server, also when this process is killed.</summary>
    public string? TemporaryFolder { get; init; }

    public ServerProcess Run(int port)
    {
        IEnumerable<string> settings =
        [
            "timezone=UTC", .. Options.IsDurable ? [] : Throwaway,
            .. Options.Settings.Select(setting => $"{setting.Key}={setting.Value}"), .. Fixed,
        ];
        string[] arguments =
        [
            "-D", Data.Path, .. settings.SelectMany(setting => (string[])["-c", setting]),
            "-h", EmbeddedPostgresServer.Loopback, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "",
        ];
        return new ServerProcess(Account.Command(Binaries.Program("postgres"), arguments), TemporaryFolder, Options.Log);
    }
}
