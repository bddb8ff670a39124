using System.Text.Json;
using System.Text.Json.Serialization;

namespace TenantPlatform.ApiService.Json;

/// <summary>
/// Times in UTC and whole microseconds, as PostgreSQL keeps them: what a write answers is what a later read answers.
/// A time without an offset is UTC, not the time zone of whatever machine reads it.
/// </summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var local = reader.GetDateTime();
        return WholeMicroseconds(local.Kind is DateTimeKind.Unspecified ? new DateTimeOffset(local, TimeSpan.Zero) : reader.GetDateTimeOffset());
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WholeMicroseconds(value).UtcDateTime);

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
