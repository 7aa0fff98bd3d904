package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;

/**
 * What the record, the source and the catalog say, for one provider.
 *
 * @param intervals of all time
 * @param writes when the engine meant to write where
 */
public record Recorded(List<Interval> intervals, List<Place> places, List<Linked> identities, List<Write> writes) {
    public Recorded {
        intervals = List.copyOf(intervals);
        places = List.copyOf(places);
        identities = List.copyOf(identities);
        writes = List.copyOf(writes);
    }

    /**
     * A managed resource.
     *
     * @param resource {@code gs://…}, {@code bq://…}, {@code s3://…}
     * @param group whose members may read; null: no group layout
     * @param documents names of the documents, e.g. access points; empty: not known
     * @param kept principals that the catalog exempts
     * @param firstSeen before that, the record knows nothing
     * @param adopted it had readers when it was first seen
     * @param revokeVisible how long a revocation takes to take effect
     */
    public record Place(
            String resource,
            String layout,
            SortedSet<String> datasets,
            @Nullable String group,
            Set<String> documents,
            Set<String> kept,
            Instant firstSeen,
            boolean adopted,
            Duration revokeVisible) {
        String bucket() {
            String location = resource.substring(resource.indexOf("://") + 3);
            int slash = location.indexOf('/');
            return slash < 0 ? location : location.substring(0, slash);
        }

        /** Below which keys it lies; empty: the whole bucket. */
        String prefix() {
            String location = resource.substring(resource.indexOf("://") + 3);
            int slash = location.indexOf('/');
            return slash < 0 ? "" : location.substring(slash + 1);
        }

        /** Null: none or several. */
        @Nullable String dataset() {
            return datasets.size() == 1 ? datasets.first() : null;
        }
    }

    /**
     * An identity that somebody linked.
     *
     * @param aliases as which logs may name it too: an ARN, a subject
     */
    public record Linked(
            Principal principal,
            String researcher,
            @Nullable String username,
            Set<String> aliases) {}

    /**
     * A write that the ledger tells.
     *
     * @param at when it was meant to be sent
     * @param document what it is about, as the adapter names it
     * @param whom it lets in or out; empty: nobody
     * @param acceptedAt when the provider had taken it; null: it is not known that it changed anything
     */
    public record Write(
            String resource,
            Instant at,
            String document,
            Set<String> whom,
            @Nullable Instant acceptedAt) {
        public Write {
            whom = Set.copyOf(whom);
        }

        /** One of which no more is known. */
        public Write(String resource, Instant at) {
            this(resource, at, "", Set.of(), null);
        }

        /** Whether it is about this member of a group. */
        boolean isAbout(String email) {
            return whom.stream().anyMatch(who -> who.equalsIgnoreCase("user:" + email));
        }
    }
}
