package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.ReportQueries.Holder;
import org.physionet.provisioner.engine.store.ReportQueries.Life;
import org.physionet.provisioner.engine.store.ReportQueries.Position;
import org.physionet.provisioner.engine.store.ReportQueries.Rest;

/**
 * That somebody could read a dataset through one edge, for as long as it rested on one entitlement.
 *
 * @param holder null: nobody whom the record knows
 * @param dataset null: the resource held none
 * @param principal null where the identity was erased
 * @param since from when the edge was there
 * @param until when it was read back as gone; null: it is there
 * @param basis null: it rested on no entitlement then
 * @param entitledFrom null: never entitled
 * @param entitledUntil null: still, or never
 * @param expiresAt the entitlement's own end; null: none
 * @param provenAt when it was last read back; null: never
 * @param proof how it is known, in words
 * @param evidence the ledger's records that tell it
 */
public record AccessRow(
        @Nullable Holder holder,
        @Nullable String dataset,
        String resource,
        @Nullable String principal,
        Instant since,
        @Nullable Instant until,
        @Nullable String basis,
        @Nullable Instant entitledFrom,
        @Nullable Instant entitledUntil,
        @Nullable Instant expiresAt,
        @Nullable Instant provenAt,
        String proof,
        @Nullable String run,
        @Nullable String revokeRun,
        List<Position> evidence) {
    public AccessRow {
        evidence = List.copyOf(evidence);
    }

    static AccessRow of(Life life, Rest rest) {
        return of(life, rest.holder(), rest.dataset(), rest, rest.basis());
    }

    /** Nothing entitled it then; {@code last} did before, if anything ever did. */
    static AccessRow unentitled(Life life, @Nullable String dataset, @Nullable Rest last) {
        return of(life, last == null ? life.owner() : last.holder(), dataset, last, null);
    }

    private static AccessRow of(
            Life life, @Nullable Holder holder, @Nullable String dataset, @Nullable Rest rest, @Nullable String basis) {
        return new AccessRow(
                holder,
                dataset,
                life.resource(),
                life.principal(),
                life.since(),
                life.until(),
                basis,
                rest == null ? null : rest.from(),
                rest == null ? null : rest.to(),
                basis == null || rest == null ? null : rest.expiresAt(),
                life.provenAt(),
                proof(life),
                life.run(),
                life.revokeRun(),
                life.evidence());
    }

    private static String proof(Life life) {
        StringBuilder proof =
                new StringBuilder(life.adopted() ? "found standing at " + life.since() + ", so older" : "");
        Instant first = life.firstProvenAt();
        Instant last = life.provenAt();
        if (first != null && !life.adopted()) {
            proof.append("read back at ").append(first);
        } else if (first == null && !life.adopted()) {
            proof.append("never read back");
        }
        if (last != null && !last.equals(first)) {
            proof.append(", last at ").append(last);
        }
        if (life.until() != null) {
            proof.append(
                    "revoked".equals(life.end())
                            ? "; read back as gone at " + life.until()
                            : "; found gone at " + life.until() + ", not by us");
        }
        return proof.toString();
    }
}
