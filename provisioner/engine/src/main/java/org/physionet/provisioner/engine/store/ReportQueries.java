package org.physionet.provisioner.engine.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;

/** An auditor's questions whose answers come with the ledger records that tell them. Read only; each one consistent read. */
public interface ReportQueries {
    /**
     * Edges that were there at some moment of a span, oldest first. What a provider refused never was.
     *
     * @param dataset null: of any; else edges that ever rested on it, and those at a resource that held it in the span
     * @param researcher null: of any; else edges that ever rested on them, and those of accounts that they ever linked
     * @param since inclusive
     * @param until inclusive
     */
    List<Life> lives(@Nullable DatasetId dataset, @Nullable ResearcherId researcher, Instant since, Instant until);

    /** The last record of the ledger; number 0 and 64 zeros if there is none. */
    Head head();

    /** Everybody who ever acted and is not erased, as recorded: {@code user@host}, perhaps with for whom. */
    List<String> actors();

    /**
     * What actors did, and what runs did that were asked for by them, in order.
     *
     * @param actors as {@link #actors} gives them
     * @param onBehalfOf runs that somebody else was asked for by this person, in the words recorded
     * @param since inclusive
     * @param until inclusive
     */
    List<LedgerEvent> eventsBy(List<String> actors, String onBehalfOf, Instant since, Instant until);

    /** The end of the chain: number and hash of its last record. */
    record Head(long seq, String hash) {}

    /**
     * A ledger record that supports something.
     *
     * @param hash hex SHA-256 over the previous hash and the record
     */
    record Position(long seq, Instant at, String type, String hash) {}

    /**
     * One edge from its beginning to its end.
     *
     * @param principal null where the identity was erased
     * @param since when it was accepted or found; the same as in {@link AccessQueries.AccessLine}
     * @param until when it was read back as gone; null: not yet
     * @param firstProvenAt null: it never was read back
     * @param detectedAt when it was known that it should go; null: nobody knew
     * @param end {@code revoked}, {@code found_gone}; null: it is there
     * @param run that gave it; null: adopted
     * @param revokeRun that took it away; null: none
     * @param owner the one researcher who ever linked the account; null: nobody or several
     * @param datasets what the resource held in the span
     * @param rests on what it rested, oldest first
     * @param evidence the ledger's records about it, in order: intents, outcomes, proofs, ends
     */
    record Life(
            String resource,
            @Nullable String principal,
            Instant since,
            @Nullable Instant until,
            boolean adopted,
            @Nullable Instant firstProvenAt,
            @Nullable Instant provenAt,
            @Nullable Instant detectedAt,
            @Nullable String end,
            @Nullable String run,
            @Nullable String revokeRun,
            @Nullable Holder owner,
            List<String> datasets,
            List<Rest> rests,
            List<Position> evidence) {
        public Life {
            datasets = List.copyOf(datasets);
            rests = List.copyOf(rests);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A person.
     *
     * @param researcher null where erased
     * @param username last known; null if unknown or erased
     */
    record Holder(@Nullable String researcher, @Nullable String username) {}

    /**
     * An entitlement on which an edge rested.
     *
     * @param expiresAt its own end; null: none
     * @param to when the edge no longer rested on it; null: it still does
     */
    record Rest(
            Holder holder,
            String dataset,
            String basis,
            @Nullable Instant expiresAt,
            Instant from,
            @Nullable Instant to) {}
}
