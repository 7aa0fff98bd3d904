package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/** Questions about the past and the present of the record, each with a date. Read only. */
public interface AccessQueries {
    /**
     * Who could read what at an instant, as recorded now: edges with {@code since <= at}, not proven gone at it, one line
     * per holding.
     */
    List<AccessLine> accessAt(Instant at, @Nullable ResearcherId researcher, @Nullable DatasetId dataset);

    /** How edges ended that were revoked or found gone at or after an instant, newest first. */
    List<Ending> endings(Instant since);

    /** How the edges of some principals ended, newest first. */
    List<Ending> endingsOf(Collection<Principal> principals);

    /**
     * The life of every edge that was there at some moment of a span, both ends included: what accesses in a cloud's log
     * are held against. What a provider refused never was.
     */
    List<Interval> intervals(Instant since, Instant until);

    /** Newest first. */
    List<RunRecord> runs(int limit);

    Optional<RunRecord> run(RunId id);

    /** What a run did, in order. */
    List<LedgerEvent> events(EventFilter filter);

    /** Every hold ever, newest first, with when it was lifted. */
    List<HoldHistory> holdHistory();

    /**
     * One line of {@code access list}.
     *
     * @param username last known; null if unknown or erased
     * @param principal text; {@code (erased)} where the identity was erased
     * @param until when it was proven gone; null: not yet
     * @param expiresAt the entitlement's own end; null: none
     */
    record AccessLine(
            @Nullable String researcher,
            @Nullable String username,
            @Nullable String dataset,
            String resource,
            String principal,
            Instant since,
            @Nullable Instant until,
            @Nullable String basis,
            @Nullable Instant provenAt,
            @Nullable Instant expiresAt,
            boolean adopted) {}

    /**
     * The end of one edge's life.
     *
     * @param principal null where the identity was erased
     * @param detected when it was first known that it should go; null: nobody knew before it was gone
     * @param gone when it was read back as gone
     * @param ours false: somebody else had taken it away
     */
    record Ending(
            String resource,
            @Nullable Principal principal,
            Instant since,
            @Nullable Instant detected,
            Instant gone,
            boolean ours) {}

    /**
     * One edge's life.
     *
     * @param principal null where the identity was erased
     * @param since when it was first meant to be, so that no read that it allowed lies before it; of an adopted edge, when
     *     it was found: it is older than that
     * @param until when it was read back as gone; null: not yet
     * @param rested on whose entitlements it rested, oldest first; empty: on nobody's, e.g. adopted and not entitled
     */
    record Interval(
            String resource,
            @Nullable Principal principal,
            Instant since,
            @Nullable Instant until,
            boolean adopted,
            List<Rested> rested) {
        public Interval {
            rested = List.copyOf(rested);
        }
    }

    /**
     * An entitlement on which an edge rested for a while.
     *
     * @param researcher null where the identity was erased
     * @param username last known; null if unknown or erased
     * @param to when it no longer did; null: it still does
     */
    record Rested(
            @Nullable String researcher,
            @Nullable String username,
            String dataset,
            String basis,
            Instant from,
            @Nullable Instant to) {}

    /**
     * One ledger entry.
     *
     * @param seq 1, 2, 3 … without gaps
     * @param payload canonical JSON; people appear as opaque references only
     * @param readable the same with references resolved, for people
     * @param hash hex SHA-256 over the previous hash and this entry
     */
    record LedgerEvent(
            long seq,
            Instant at,
            String type,
            String actor,
            @Nullable String run,
            String payload,
            String readable,
            String hash) {}

    /** Null parts do not filter. {@code fromSeq} inclusive. */
    record EventFilter(
            @Nullable String run,
            @Nullable ResearcherId researcher,
            @Nullable String type,
            @Nullable Instant since,
            @Nullable Instant until,
            long fromSeq,
            int limit) {}

    record HoldHistory(
            org.physionet.provisioner.engine.model.Hold hold,
            @Nullable Instant liftedAt,
            @Nullable String liftedBy,
            @Nullable String liftReason) {}
}
