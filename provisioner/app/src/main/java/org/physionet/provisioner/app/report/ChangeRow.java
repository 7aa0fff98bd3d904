package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.ReportQueries.Position;

/**
 * One change of a run, from its intent to what came of it.
 *
 * @param at of the intent
 * @param action {@code grant} or {@code revoke}
 * @param researchers whose entitlements it is about
 * @param outcome {@code proven}, {@code accepted}, {@code failed}, {@code unknown}; null: the ledger has none
 * @param detail in the provider's or our words; null: none
 * @param evidence the ledger's records that tell it
 */
public record ChangeRow(
        Instant at,
        String action,
        String resource,
        String principal,
        List<String> researchers,
        List<String> datasets,
        List<String> reasons,
        @Nullable String outcome,
        @Nullable Instant outcomeAt,
        @Nullable String detail,
        List<Position> evidence) {
    public ChangeRow {
        researchers = List.copyOf(researchers);
        datasets = List.copyOf(datasets);
        reasons = List.copyOf(reasons);
        evidence = List.copyOf(evidence);
    }
}
