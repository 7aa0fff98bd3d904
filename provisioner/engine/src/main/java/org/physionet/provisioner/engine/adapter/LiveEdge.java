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
 * @param earlier it stands in a layout that the resource had before, and not in the present one: it lets its principal in, who is to move
 */
public record LiveEdge(
        Principal principal,
        String spelling,
        @Nullable Instant leaseUntil,
        boolean dead,
        String place,
        boolean earlier) {
    /** In the present layout. */
    public LiveEdge(Principal principal, String spelling, @Nullable Instant leaseUntil, boolean dead, String place) {
        this(principal, spelling, leaseUntil, dead, place, false);
    }

    /** The same entry, of a layout that the resource had before. */
    public LiveEdge asEarlier() {
        return new LiveEdge(principal, spelling, leaseUntil, dead, place, true);
    }

    /** The same entry, known as another principal's. */
    public LiveEdge of(Principal other) {
        return new LiveEdge(other, spelling, leaseUntil, dead, place, earlier);
    }
}
