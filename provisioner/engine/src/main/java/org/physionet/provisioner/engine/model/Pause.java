package org.physionet.provisioner.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An admin's decision that nothing moves for a while: nobody is let in, and nobody loses access, except by a block or an end that was
 * known in advance. Leases are renewed. It lasts until it is lifted.
 *
 * @param id names it for ever
 * @param provider only at this provider; null: at every one
 * @param dataset only this dataset; null: every one
 * @param actor who decided
 * @param reason why, in their words
 */
public record Pause(
        String id,
        @Nullable String provider,
        @Nullable DatasetId dataset,
        String actor,
        String reason,
        Instant madeAt) {
    public Pause {
        Texts.requireId(id, "pause id");
    }

    /** Whether it holds for a dataset at a resource of a provider. */
    public boolean covers(String where, DatasetId which) {
        return (provider == null || provider.equals(where)) && (dataset == null || dataset.equals(which));
    }

    /** In words: {@code everything}, {@code gcp}, {@code mimiciv/3.1 at aws}. */
    public String scope() {
        if (dataset == null) {
            return provider == null ? "everything" : provider;
        }
        return provider == null ? dataset.toString() : dataset + " at " + provider;
    }
}
