package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.engine.store.DriftDecisions.Decided;

/** What {@code drift} found, as rows, with what somebody decided to ignore of it. */
final class DriftRows {
    private final Directory directory;
    private final Map<String, Decided> ignored = new HashMap<>();

    /** @param decisions to ignore, in force */
    DriftRows(Directory directory, List<Decided> decisions) {
        this.directory = directory;
        decisions.forEach(decision -> ignored.put(decision.finding(), decision));
    }

    /** The decision to ignore it; null: there is none, or it has changed since. */
    @Nullable Decided ignored(Drift drift) {
        Decided decision = ignored.get(drift.id());
        return decision != null && decision.fingerprint().equals(drift.fingerprint()) ? decision : null;
    }

    List<Column<Drift>> columns() {
        return List.of(
                Column.id("id", Drift::id),
                Column.text("finding", Drift::finding),
                Column.<Drift>text("resource", d -> d.at().id().text()),
                Column.text(
                        "dataset", d -> d.dataset() == null ? null : d.dataset().toString()),
                Column.text("principal", Drift::principal),
                Column.text(
                        "researcher",
                        d -> d.researcher() == null ? null : d.researcher().value()),
                Column.text("username", d -> d.researcher() == null ? null : directory.username(d.researcher())),
                Column.text("recorded", Drift::recorded),
                Column.texts("reasons", Drift::reasons),
                Column.text("ignored", d -> reason(ignored(d))),
                Column.<Drift>instant("ignoredUntil", d -> until(ignored(d))).hidden(),
                Column.<Drift>text("ignoredBy", d -> actor(ignored(d))).hidden());
    }

    private static @Nullable String reason(@Nullable Decided decision) {
        return decision == null ? null : decision.reason();
    }

    private static @Nullable Instant until(@Nullable Decided decision) {
        return decision == null ? null : decision.until();
    }

    private static @Nullable String actor(@Nullable Decided decision) {
        return decision == null ? null : decision.actor();
    }
}
