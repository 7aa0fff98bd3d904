package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What stood, or stands, under a key of a bucket with versioning.
 *
 * @param id {@code null} for one from before versioning was switched on
 * @param object empty: a delete marker
 */
public record ObjectVersion(String id, Optional<StoredObject> object, Instant at, Optional<Retention> retention) {
    public static final String FROM_BEFORE = "null";

    public boolean isMarker() {
        return object.isEmpty();
    }
}
