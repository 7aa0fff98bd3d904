package org.physionet.provisioner.simulator.gcp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object in a bucket. Never changed: a new upload is a new generation.
 *
 * @param content not copied; nobody changes it
 * @param metadata the owner's own key-value pairs
 * @param acl legacy list; gives access only in a bucket without uniform access
 */
record StoredObject(
        String name,
        String contentType,
        byte[] content,
        long generation,
        Instant created,
        Map<String, String> metadata,
        List<AclEntry> acl) {
    StoredObject {
        metadata = new TreeMap<>(metadata);
        acl = List.copyOf(acl);
    }

    StoredObject withAcl(List<AclEntry> next) {
        return new StoredObject(name, contentType, content, generation, created, metadata, next);
    }
}
