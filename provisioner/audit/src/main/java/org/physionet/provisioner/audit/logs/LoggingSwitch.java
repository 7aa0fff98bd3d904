package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Entries that change what is logged, in words that begin with {@code off} where less is logged from then on. */
final class LoggingSwitch {
    private LoggingSwitch() {}

    /** Data Access logs of a project and what is above it, and sinks (facts/gcp.md 4). */
    static Optional<String> ofGoogle(JsonNode payload, String method) {
        List<String> less = new ArrayList<>();
        List<String> more = new ArrayList<>();
        for (JsonNode delta : payload.at("/serviceData/policyDelta/auditConfigDeltas")) {
            String what =
                    delta.path("service").asText() + " " + delta.path("logType").asText();
            boolean exempts = delta.hasNonNull("exemptedMember");
            boolean removes = delta.path("action").asText().equals("REMOVE");
            (removes == exempts ? more : less)
                    .add(exempts ? what + " of " + delta.path("exemptedMember").asText() : what);
        }
        if (!less.isEmpty() || !more.isEmpty()) {
            return Optional.of(less.isEmpty() ? "on: " + String.join(", ", more) : "off: " + String.join(", ", less));
        }
        String name = method.substring(method.lastIndexOf('.') + 1);
        return switch (name) {
            case "DeleteSink", "CreateExclusion", "DeleteBucket" ->
                method.startsWith("google.logging.") ? Optional.of("off: " + name) : Optional.empty();
            case "UpdateSink", "UpdateExclusion" ->
                method.startsWith("google.logging.") ? Optional.of("off, perhaps: " + name) : Optional.empty();
            case "CreateSink", "DeleteExclusion" ->
                method.startsWith("google.logging.") ? Optional.of("on: " + name) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Server access logs of a bucket, and trails (facts/aws.md A4). */
    static Optional<String> ofAmazon(JsonNode event, String name) {
        boolean trail = event.path("eventSource").asText().equals("cloudtrail.amazonaws.com");
        JsonNode parameters = event.path("requestParameters");
        return switch (name) {
            case "PutBucketLogging" ->
                Optional.of(
                        parameters.at("/BucketLoggingStatus/LoggingEnabled").isObject()
                                ? "on: server access log"
                                : "off: server access log");
            case "StopLogging", "DeleteTrail" -> trail ? Optional.of("off: trail " + name) : Optional.empty();
            case "PutEventSelectors", "UpdateTrail" ->
                trail ? Optional.of("off, perhaps: trail " + name) : Optional.empty();
            case "StartLogging", "CreateTrail" ->
                trail ? Optional.of("on: trail " + name.toLowerCase(Locale.ROOT)) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
