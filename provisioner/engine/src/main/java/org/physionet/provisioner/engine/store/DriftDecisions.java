package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResourceId;

/** What persons decided about differences between the record and the clouds. */
public interface DriftDecisions {
    /** Durable, and told in the ledger. */
    void decide(Decided decision);

    /** The newest decision about each finding that still counts: those to ignore it, until their date. Oldest first. */
    List<Decided> ignored(Instant at);

    /**
     * A decision.
     *
     * @param finding its id
     * @param kind {@code missing}, {@code extra} …
     * @param principal as told; null: nobody is named, or was erased
     * @param found what was told of it, one sentence each
     * @param fingerprint of all that may change of it without it becoming another finding
     * @param until to ignore it: the last moment at which that counts; null: as long as it stays as it is
     */
    record Decided(
            String finding,
            String kind,
            ResourceId resource,
            @Nullable String principal,
            Choice choice,
            List<String> found,
            String fingerprint,
            @Nullable Instant until,
            String actor,
            String reason,
            Instant at) {
        public Decided {
            found = List.copyOf(found);
        }
    }

    /** What can be decided. */
    enum Choice {
        /** The cloud is made as the record and the entitlements say. */
        RESTORE,
        /** It is taken out of the cloud. */
        REMOVE,
        /** It is taken into the record as it stands. */
        ADOPT,
        /** It is known and stays; it counts as drift again when it changes. */
        IGNORE;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
