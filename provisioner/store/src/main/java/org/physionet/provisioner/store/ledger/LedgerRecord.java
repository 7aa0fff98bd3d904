package org.physionet.provisioner.store.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of the chain.
 *
 * <p>Its hash is SHA-256, in hexadecimal, over the text of the previous record's hash followed by the canonical JSON of
 * {@code {"actor","at","payload","run","seq","type"}} ({@link CanonicalJson}; {@code at} ISO-8601 in UTC; {@code run} null
 * where no run is behind it). The first record follows {@link #GENESIS}. With a shell:
 * {@code printf %s "$prev$entry" | sha256sum}.
 *
 * @param seq 1, 2, 3 … without gaps
 * @param actor an identity's reference, or {@code engine} where nobody in particular acted
 * @param payload canonical JSON
 * @param prev the previous record's hash
 */
public record LedgerRecord(
        long seq,
        Instant at,
        String type,
        String actor,
        @Nullable String run,
        String payload,
        String prev,
        String hash) {
    /** What the first record follows: 64 zeros. */
    public static final String GENESIS = "0".repeat(64);

    /** The record that follows {@code prev}, hashed. */
    public static LedgerRecord after(
            String prev, long seq, Instant at, String type, String actor, @Nullable String run, String payload) {
        return new LedgerRecord(
                seq, at, type, actor, run, payload, prev, Sha256.of(prev, entry(seq, at, type, actor, run, payload)));
    }

    /** The canonical JSON that is hashed. */
    public String entry() {
        return entry(seq, at, type, actor, run, payload);
    }

    private static String entry(long seq, Instant at, String type, String actor, @Nullable String run, String payload) {
        Map<String, @Nullable Object> withoutPayload = new HashMap<>();
        withoutPayload.put("run", run);
        withoutPayload.put("seq", seq);
        withoutPayload.put("type", type);
        // The payload is canonical already and sorts between "at" and "run".
        return "{\"actor\":" + CanonicalJson.of(actor) + ",\"at\":" + CanonicalJson.of(at) + ",\"payload\":" + payload
                + "," + CanonicalJson.of(withoutPayload).substring(1);
    }
}
