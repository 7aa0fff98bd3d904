package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bucket's retention policy: objects younger than its period can be neither deleted nor replaced; once locked it can not be shortened or
 * taken away by anybody (cloud.google.com/storage/docs/bucket-lock).
 */
final class RetentionRules {
    private static final String POLICY = "retentionPolicy";
    private static final String PERIOD = "retentionPeriod";
    private static final String LOCKED = "isLocked";
    private static final String SINCE = "effectiveTime";

    private RetentionRules() {}

    /** Completes a sent policy with what the service decides. @throws GoogleError 403 if it undoes a locked one */
    static void change(ObjectNode before, ObjectNode after, Instant now) {
        JsonNode old = before.path(POLICY);
        boolean locked = old.path(LOCKED).asBoolean();
        if (locked
                && after.path(POLICY).path(PERIOD).asLong() < old.path(PERIOD).asLong()) {
            throw new GoogleError(
                    403,
                    "forbidden",
                    "Cannot reduce retention duration of a locked Retention Policy for bucket, or remove it.");
        }
        if (after.path(POLICY) instanceof ObjectNode next) {
            boolean same = old.path(PERIOD).asLong() == next.path(PERIOD).asLong();
            next.put(PERIOD, next.path(PERIOD).asText());
            next.put(SINCE, same ? old.path(SINCE).asText() : now.toString());
            next.remove(LOCKED);
            if (locked) {
                next.put(LOCKED, true);
            }
        }
    }

    /** @throws GoogleError 400 if there is none */
    static void lock(ObjectNode metadata) {
        if (!(metadata.path(POLICY) instanceof ObjectNode policy)) {
            throw GoogleError.invalid("The bucket does not have a retention policy.");
        }
        policy.put(LOCKED, true);
    }

    /** Until when an object can be neither deleted nor replaced; empty: it can. */
    static Optional<Instant> until(Bucket bucket, StoredObject object) {
        JsonNode policy = bucket.metadata.path(POLICY);
        return policy.isObject()
                ? Optional.of(object.created()
                        .plus(Duration.ofSeconds(policy.path(PERIOD).asLong())))
                : Optional.empty();
    }

    /** @throws GoogleError 403 while it is retained */
    static void requireFree(Bucket bucket, StoredObject object, Instant now) {
        Optional<Instant> until = until(bucket, object).filter(now::isBefore);
        if (until.isPresent()) {
            throw new GoogleError(
                    403,
                    "retentionPolicyNotMet",
                    "Object '" + bucket.name + "/" + object.name()
                            + "' is subject to bucket's retention policy or object retention and cannot be deleted or"
                            + " overwritten until " + until.get());
        }
    }
}
