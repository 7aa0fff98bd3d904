package org.physionet.provisioner.simulator.gcp;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object in a bucket. Never changed: a new upload is a new generation.
 *
 * @param content not copied; nobody changes it
 * @param metadata the owner's own key-value pairs
 */
record StoredObject(
        String name,
        String contentType,
        byte[] content,
        long generation,
        Instant created,
        Map<String, String> metadata) {
    StoredObject {
        metadata = new TreeMap<>(metadata);
    }
}
