package org.physionet.provisioner.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan.
 *
 * @param trigger what started it: {@code run}, {@code apply}, {@code grant}, {@code revoke}, {@code adopt}, {@code schedule}, {@code
 *     drift ID} with the id of the finding that was decided about
 * @param actor operating-system user and host, or the signed-in subject
 * @param onBehalfOf who asked for it, in the actor's words; null: nobody else
 * @param fingerprint of its plan; null until planned
 * @param end null while it runs, and for ever if it was killed
 */
public record RunRecord(
        RunId id,
        String trigger,
        String actor,
        @Nullable String onBehalfOf,
        Instant startedAt,
        @Nullable String fingerprint,
        @Nullable End end) {
    /** In a summary: the source moved nobody in or out, being unreadable or not fit to. */
    public static final String SOURCE_TROUBLE = "sourceTrouble";

    /**
     * In a canary's summary: how long one change took in one shard until a read showed it. The count is in milliseconds.
     *
     * @param effect {@link #GRANT} or {@link #REVOKE}
     * @param shard the document, e.g. an access point
     */
    public record CanaryTime(String effect, String resource, String shard, Duration time) {
        public static final String GRANT = "grant";
        public static final String REVOKE = "revoke";
        private static final String MARK = "canary";

        /** The count's name. */
        public String key() {
            return String.join(" ", MARK, effect, resource, shard);
        }

        /** Empty: a count of another name. */
        public static Optional<CanaryTime> of(String key, int millis) {
            String[] parts = key.split(" ", 4);
            return parts.length < 4 || !parts[0].equals(MARK)
                    ? Optional.empty()
                    : Optional.of(new CanaryTime(parts[1], parts[2], parts[3], Duration.ofMillis(millis)));
        }
    }

    /**
     * How it ended.
     *
     * @param exitCode as in CONTRACT
     * @param predictedCalls by method, as planned
     * @param actualCalls by method
     * @param callOutcomes the actual calls by {@code METHOD OUTCOME}, e.g. {@code s3:PutBucketPolicy 200}
     * @param summary counts by name: {@code granted}, {@code revoked}, {@code failed}, {@code guarded}, {@code quarantined} …
     * @param problems one sentence each
     */
    public record End(
            Instant at,
            int exitCode,
            Map<String, Integer> predictedCalls,
            Map<String, Integer> actualCalls,
            Map<String, Integer> callOutcomes,
            Map<String, Integer> summary,
            java.util.List<String> problems) {
        /** Of what calls no provider, or whose outcomes nobody counted. */
        public End(
                Instant at,
                int exitCode,
                Map<String, Integer> predictedCalls,
                Map<String, Integer> actualCalls,
                Map<String, Integer> summary,
                java.util.List<String> problems) {
            this(at, exitCode, predictedCalls, actualCalls, Map.of(), summary, problems);
        }
    }
}
