package org.physionet.provisioner.worlds.record;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeRecord.State;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;

/** One open edge: the life that the SQL record gives it, as far as a view shows it. */
final class Edge {
    private static final Comparator<Holding> HOLDINGS = Comparator.comparing(Holding::researcher)
            .thenComparing(Holding::dataset)
            .thenComparing(Holding::basis);

    final int id;
    final ResourceId resource;
    final Principal principal;
    final boolean adopted;
    State state;
    Instant since;
    List<Holding> holdings = List.of();
    boolean closed;

    private boolean sent;
    private @Nullable Instant intendedAt;
    private @Nullable Instant unknownAt;
    private @Nullable Instant acceptedAt;
    private @Nullable Instant firstProvenAt;

    @Nullable Instant provenAt;

    @Nullable Instant revokeDetectedAt;

    Edge(int id, ResourceId resource, Principal principal, boolean adopted, State state, Instant since) {
        this.id = id;
        this.resource = resource;
        this.principal = principal;
        this.adopted = adopted;
        this.state = state;
        this.since = since;
    }

    void intendGrant(Instant at) {
        if (sent && state == State.GRANTING && unknownAt == null) {
            unknownAt = intendedAt;
        }
        sent = true;
        state = State.GRANTING;
        intendedAt = at;
        shouldStay();
    }

    void intendRevoke(Instant at) {
        state = State.REVOKING;
        detect(at);
    }

    void detect(Instant at) {
        if (revokeDetectedAt == null) {
            revokeDetectedAt = at;
        }
    }

    void grant(Stage stage, Instant at) {
        switch (stage) {
            case ACCEPTED -> {
                if (acceptedAt == null) {
                    acceptedAt = at;
                    if (unknownAt == null && firstProvenAt == null && !adopted) {
                        since = at;
                    }
                }
                state = State.GRANTED;
            }
            case PROVEN -> {
                prove(at);
                state = State.GRANTED;
            }
            case FAILED -> {
                if (adopted || acceptedAt != null || firstProvenAt != null) {
                    state = State.GRANTED;
                } else {
                    closed = true;
                }
            }
            case UNKNOWN -> {
                state = State.GRANTING;
                if (unknownAt == null) {
                    unknownAt = intendedAt == null ? at : intendedAt;
                }
            }
        }
    }

    void revoke(Stage stage) {
        if (stage == Stage.PROVEN) {
            closed = true;
        } else {
            state = State.REVOKING;
        }
    }

    void present(Instant at) {
        prove(at);
        if (state == State.GRANTING) {
            state = State.GRANTED;
        }
    }

    boolean leaving() {
        return revokeDetectedAt != null || state == State.REVOKING;
    }

    void shouldStay() {
        if (state == State.REVOKING) {
            state = State.GRANTED;
        }
        revokeDetectedAt = null;
    }

    private void prove(Instant at) {
        provenAt = at;
        if (firstProvenAt == null) {
            firstProvenAt = at;
        }
    }

    EdgeRecord view() {
        return new EdgeRecord(
                resource,
                principal,
                state,
                adopted,
                since,
                provenAt,
                revokeDetectedAt,
                holdings.stream().distinct().sorted(HOLDINGS).toList());
    }
}
