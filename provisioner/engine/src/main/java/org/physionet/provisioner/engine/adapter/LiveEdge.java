package org.physionet.provisioner.engine.adapter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/**
 * An entry of the engine's kind, as the provider has it now.
 *
 * @param spelling as the provider writes it, used when it is removed
 * @param leaseUntil when the provider ends it by itself; null: never
 * @param dead the provider marks its account as deleted
 * @param place the document it stands in
 */
public record LiveEdge(
        Principal principal, String spelling, @Nullable Instant leaseUntil, boolean dead, String place) {}
