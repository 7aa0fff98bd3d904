package org.physionet.provisioner.store.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;

/**
 * One edge from the first intent until it is known to be gone, and the rules by which it moves. Pure; {@link Edges} loads
 * and saves it.
 */
final class EdgeLife {
    /** What it is now, as the database spells it. */
    enum State {
        GRANTING,
        GRANTED,
        REVOKING,
        CLOSED
    }

    /** How it ended. */
    enum Closed {
        /** We revoked it and read it back as gone. */
        REVOKED,
        /** It never was in force: the provider refused it at the first attempt. */
        REFUSED,
        /** A read did not find it, and no revocation of ours was under way. */
        FOUND_GONE
    }

    final int id;
    final int resource;
    final int principal;
    final boolean adopted;
    final boolean fresh;
    State state;
    Instant since;

    @Nullable String run;

    @Nullable Instant intendedAt;

    @Nullable Instant unknownAt;

    @Nullable Instant acceptedAt;

    @Nullable Instant firstProvenAt;

    @Nullable Instant provenAt;

    @Nullable Instant revokeDetectedAt;

    @Nullable String revokeRun;

    @Nullable Instant revokeIntendedAt;

    @Nullable Instant revokeAcceptedAt;

    @Nullable Instant closedAt;

    @Nullable Closed closedAs;

    EdgeLife(int id, int resource, int principal, boolean adopted, boolean fresh, State state, Instant since) {
        this.id = id;
        this.resource = resource;
        this.principal = principal;
        this.adopted = adopted;
        this.fresh = fresh;
        this.state = state;
        this.since = since;
    }

    boolean open() {
        return state != State.CLOSED;
    }

    /** A grant is about to be sent. An earlier one without an answer may be in force, so its moment stays the start. */
    void intendGrant(String byRun, Instant at) {
        if (!fresh && state == State.GRANTING && unknownAt == null) {
            unknownAt = intendedAt;
        }
        state = State.GRANTING;
        run = byRun;
        intendedAt = at;
        shouldStay();
    }

    void intendRevoke(String byRun, Instant at) {
        state = State.REVOKING;
        revokeRun = byRun;
        revokeIntendedAt = at;
        revokeAcceptedAt = null;
        detectRevocation(at);
    }

    /** @return whether that is news */
    boolean detectRevocation(Instant at) {
        if (revokeDetectedAt != null) {
            return false;
        }
        revokeDetectedAt = at;
        return true;
    }

    void grant(Stage stage, Instant at) {
        switch (stage) {
            case ACCEPTED -> {
                accept(at);
                state = State.GRANTED;
            }
            case PROVEN -> {
                prove(at);
                state = State.GRANTED;
            }
            case FAILED -> grantFailed(at);
            case UNKNOWN -> {
                state = State.GRANTING;
                if (unknownAt == null) {
                    unknownAt = intendedAt == null ? at : intendedAt;
                }
            }
        }
    }

    void revoke(Stage stage, Instant at) {
        switch (stage) {
            case ACCEPTED -> {
                revokeAcceptedAt = at;
                state = State.REVOKING;
            }
            case PROVEN -> close(at, Closed.REVOKED);
            case FAILED, UNKNOWN -> state = State.REVOKING;
        }
    }

    /** A read showed it. A grant without an answer turns out to have worked. */
    void present(Instant at) {
        prove(at);
        if (state == State.GRANTING) {
            state = State.GRANTED;
        }
    }

    /** A read did not show it. If a revocation was sent, that is what it did, also when its answer was lost. */
    void gone(Instant at) {
        close(at, state == State.REVOKING && revokeIntendedAt != null ? Closed.REVOKED : Closed.FOUND_GONE);
    }

    /** Somebody is entitled to it (again): no revocation is due. The answer: whether that is news. */
    boolean shouldStay() {
        boolean news = revokeDetectedAt != null || state == State.REVOKING;
        if (state == State.REVOKING) {
            state = State.GRANTED;
        }
        revokeDetectedAt = null;
        revokeRun = null;
        revokeIntendedAt = null;
        revokeAcceptedAt = null;
        return news;
    }

    private void accept(Instant at) {
        if (acceptedAt == null) {
            acceptedAt = at;
            if (unknownAt == null && firstProvenAt == null && !adopted) {
                since = at;
            }
        }
    }

    private void prove(Instant at) {
        provenAt = at;
        if (firstProvenAt == null) {
            firstProvenAt = at;
        }
    }

    private void grantFailed(Instant at) {
        if (adopted || acceptedAt != null || firstProvenAt != null) {
            // It was in force before this attempt, and a failed attempt takes nothing away.
            state = State.GRANTED;
        } else {
            close(at, unknownAt == null ? Closed.REFUSED : Closed.FOUND_GONE);
        }
    }

    private void close(Instant at, Closed as) {
        state = State.CLOSED;
        closedAt = at;
        closedAs = as;
    }
}
