package org.physionet.provisioner.engine.store;

import java.time.Instant;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A principal that a provider refused: kept apart, retried on a schedule. Nobody is un-verified by it.
 *
 * @param resource where it was refused last
 * @param reason the provider's words
 * @param confirmed false: a first refusal, perhaps a false alarm; true: refused again and again
 * @param retryAt not tried before
 */
public record Quarantined(
        Principal principal,
        ResourceId resource,
        String reason,
        boolean confirmed,
        int refusals,
        Instant since,
        Instant retryAt) {}
