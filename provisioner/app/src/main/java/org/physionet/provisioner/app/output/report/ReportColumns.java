package org.physionet.provisioner.app.output.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.report.AccessRow;
import org.physionet.provisioner.app.report.ChangeRow;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.ReportQueries.Holder;
import org.physionet.provisioner.engine.store.ReportQueries.Position;

/** The columns of reports. {@code records} are ledger numbers for people, {@code evidence} is what {@code audit verify --head} takes. */
final class ReportColumns {
    static final List<Column<AccessRow>> ACCESS = List.of(
            Column.text("researcher", row -> researcher(row.holder())),
            Column.text(
                    "username",
                    row -> row.holder() == null ? null : row.holder().username()),
            Column.text("dataset", AccessRow::dataset),
            Column.text("resource", AccessRow::resource),
            Column.text("principal", AccessRow::principal),
            Column.instant("since", AccessRow::since),
            Column.instant("until", AccessRow::until),
            Column.text("basis", AccessRow::basis),
            Column.instant("entitledFrom", AccessRow::entitledFrom),
            Column.instant("entitledUntil", AccessRow::entitledUntil),
            Column.instant("expiresAt", AccessRow::expiresAt),
            Column.<AccessRow>instant("provenAt", AccessRow::provenAt).hidden(),
            Column.text("proof", AccessRow::proof),
            Column.<AccessRow>text("run", AccessRow::run).hidden(),
            Column.<AccessRow>text("revokeRun", AccessRow::revokeRun).hidden(),
            Column.texts("records", row -> numbers(row.evidence())),
            Column.<AccessRow>texts("evidence", row -> positions(row.evidence()))
                    .hidden());

    static final List<Column<ChangeRow>> CHANGES = List.of(
            Column.instant("at", ChangeRow::at),
            Column.text("action", ChangeRow::action),
            Column.texts("researchers", ChangeRow::researchers),
            Column.texts("datasets", ChangeRow::datasets),
            Column.text("resource", ChangeRow::resource),
            Column.text("principal", ChangeRow::principal),
            Column.texts("reasons", ChangeRow::reasons),
            Column.text("outcome", ChangeRow::outcome),
            Column.instant("outcomeAt", ChangeRow::outcomeAt),
            Column.text("detail", ChangeRow::detail),
            Column.texts("records", row -> numbers(row.evidence())),
            Column.<ChangeRow>texts("evidence", row -> positions(row.evidence()))
                    .hidden());

    static final List<Column<LedgerEvent>> EVENTS = List.of(
            Column.number("seq", LedgerEvent::seq),
            Column.instant("at", LedgerEvent::at),
            Column.text("type", LedgerEvent::type),
            Column.text("actor", LedgerEvent::actor),
            Column.text("run", LedgerEvent::run),
            Column.text("what", LedgerEvent::readable),
            Column.<LedgerEvent>texts("evidence", e -> List.of(e.seq() + ":" + e.hash()))
                    .hidden());

    static final List<Column<Position>> POSITIONS = List.of(
            Column.number("record", Position::seq),
            Column.instant("at", Position::at),
            Column.text("type", Position::type),
            Column.text("hash", Position::hash));

    private ReportColumns() {}

    private static @Nullable String researcher(@Nullable Holder holder) {
        if (holder == null) {
            return null;
        }
        return holder.researcher() == null ? "(erased)" : holder.researcher();
    }

    private static List<String> numbers(List<Position> evidence) {
        return evidence.stream().map(position -> Long.toString(position.seq())).toList();
    }

    private static List<String> positions(List<Position> evidence) {
        return evidence.stream()
                .map(position -> position.seq() + ":" + position.hash())
                .toList();
    }
}
