package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;

/**
 * Cloud Storage usage logs (facts/gcp.md 4): hourly CSV objects without any principal, in the bucket that a bucket's
 * {@code logging.logBucket} names, if {@link #WRITER} may write there.
 */
final class UsageLog {
    /** Google's own group that delivers them. */
    static final String WRITER = "cloud-storage-analytics@google.com";

    static final Duration LAG = Duration.ofMinutes(15);

    private static final String HEADER =
            "\"time_micros\",\"c_ip\",\"c_ip_type\",\"c_ip_region\",\"cs_method\",\"cs_uri\","
                    + "\"sc_status\",\"cs_bytes\",\"sc_bytes\",\"time_taken_micros\",\"cs_host\",\"cs_referer\","
                    + "\"cs_user_agent\",\"s_request_id\",\"cs_operation\",\"cs_bucket\",\"cs_object\"\n";

    /** {@code logName} is the bucket, {@code line} the row; shaped for {@link HourlyBatches}. */
    final List<ObjectNode> waiting = new ArrayList<>();

    void record(
            GoogleState state,
            Request request,
            Bucket bucket,
            String operation,
            Optional<String> object,
            Response answer) {
        if (bucket.metadata.path("logging").path("logBucket").asText().isEmpty()) {
            return;
        }
        Instant now = state.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        List<String> row = List.of(
                String.valueOf(micros),
                "127.0.0.1",
                "1",
                "",
                Call.method(request),
                request.rawPath(),
                String.valueOf(answer.status()),
                String.valueOf(request.body().length),
                String.valueOf(answer.body().length),
                "1000",
                request.host(),
                "",
                request.header("user-agent").orElse(""),
                "sim-" + state.logging.nextNumber(),
                operation,
                bucket.name,
                object.orElse(""));
        ObjectNode entry = Json.MAPPER.createObjectNode().put("logName", bucket.name);
        entry.put("timestamp", now.toString()).put("receiveTimestamp", now.toString());
        entry.put("line", String.join(",", row.stream().map(UsageLog::quoted).toList()));
        waiting.add(entry);
    }

    private static String quoted(String field) {
        return "\"" + field.replace("\"", "\"\"") + "\"";
    }

    void settle(GoogleState state) {
        for (HourlyBatches.Batch batch : HourlyBatches.due(waiting, LAG, state.now())) {
            state.bucket(batch.log())
                    .ifPresent(from -> state.bucket(from.metadata
                                    .path("logging")
                                    .path("logBucket")
                                    .asText())
                            .filter(into -> mayWrite(state, into))
                            .ifPresent(into -> write(state, from, into, batch)));
        }
    }

    private static void write(GoogleState state, Bucket from, Bucket into, HourlyBatches.Batch batch) {
        StringBuilder csv = new StringBuilder(HEADER);
        batch.entries().forEach(entry -> csv.append(entry.path("line").asText()).append('\n'));
        Deliveries.put(state, into, name(from, batch.hour()), "text/csv", csv.toString(), batch.written());
    }

    /** {@code PREFIX_usage_2026_11_01_12_00_00_1a2b3_v0}. */
    private static String name(Bucket bucket, Instant hour) {
        String prefix = bucket.metadata.path("logging").path("logObjectPrefix").asText(bucket.name);
        String id = Account.uidOf(bucket.name + hour, 0).substring(1, 6);
        return prefix + "_usage_" + hour.toString().substring(0, 19).replaceAll("[-:T]", "_") + "_" + id + "_v0";
    }

    private static boolean mayWrite(GoogleState state, Bucket into) {
        String key = Member.of(Member.Kind.GROUP, WRITER).key();
        return into.policy.inForce(state.now()).bindings().stream()
                .filter(binding -> state.roles.allows(binding.role(), "storage.objects.create"))
                .flatMap(binding -> binding.members().stream())
                .anyMatch(member -> member.key().equals(key));
    }

    Optional<Instant> next() {
        return HourlyBatches.next(waiting, LAG);
    }
}
