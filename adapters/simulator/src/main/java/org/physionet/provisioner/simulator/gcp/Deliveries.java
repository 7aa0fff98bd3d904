package org.physionet.provisioner.simulator.gcp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Objects that Google itself puts into a bucket. */
final class Deliveries {
    private Deliveries() {}

    /** @param created the instant at which it was due, which may be past when the clock jumped */
    static void put(GoogleState state, Bucket bucket, String name, String type, String content, Instant created) {
        long generation = created.toEpochMilli() * 1000 + state.nextWrite() % 1000;
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        bucket.objects.put(name, new StoredObject(name, type, bytes, generation, created, Map.of(), List.of()));
    }
}
