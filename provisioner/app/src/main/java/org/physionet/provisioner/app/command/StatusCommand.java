package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;

/** {@code status}: what is open, overdue, held; from the record alone. */
@Command(
        name = "status",
        footer = {
            "  provisioner status",
            "  provisioner status --output json | jq .overdueRevocations",
            "  provisioner status --output json | jq '.revocationClock.places[] | {provider, layout, gone}'"
        })
public final class StatusCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    private final Invocation invocation;

    public StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant now = invocation.surroundings().clock().instant();
            Status status = new Status(
                    now,
                    wiring.view(),
                    wiring.store().answers().runs(1).stream().findFirst(),
                    new ClockSummary(wiring.store().answers().revocationClock(now.minus(ClockSummary.WINDOW))),
                    wiring.configuration().revocationOverdueAfter(),
                    CanarySummary.of(wiring.store().answers().canaries()));
            invocation
                    .answer()
                    .document(
                            status.fields(),
                            out -> status.print(out, invocation.paint()),
                            answer -> answer.rows(OPEN, status.open()));
            return Exit.DONE.code();
        }
    }

    private static final List<Column<EdgeRecord>> OPEN = List.of(
            Column.<EdgeRecord>text("resource", e -> e.resource().text()),
            Column.text("principal", e -> e.principal().text()),
            Column.text("state", e -> e.state().name().toLowerCase(java.util.Locale.ROOT)),
            Column.instant("revokeDetectedAt", EdgeRecord::revokeDetectedAt),
            Column.instant("provenAt", EdgeRecord::provenAt));

    /** @param overdueAfter a revocation that has been known for longer and is not proven is overdue */
    private record Status(
            Instant now,
            RecordView view,
            Optional<RunRecord> lastRun,
            ClockSummary clock,
            Duration overdueAfter,
            CanarySummary canaries) {
        /** Changes that are not proven, the oldest revocation first. */
        Stream<EdgeRecord> open() {
            return view.edges().stream()
                    .filter(e -> e.state() != EdgeRecord.State.GRANTED || e.revokeDetectedAt() != null)
                    .sorted(Comparator.comparing(
                            EdgeRecord::revokeDetectedAt, Comparator.nullsLast(Comparator.naturalOrder())));
        }

        private List<EdgeRecord> overdue() {
            Instant before = now.minus(overdueAfter);
            return open().filter(e ->
                            e.revokeDetectedAt() != null && e.revokeDetectedAt().isBefore(before))
                    .toList();
        }

        private Fields overdue(EdgeRecord edge) {
            Instant since = java.util.Objects.requireNonNull(edge.revokeDetectedAt());
            return new Fields()
                    .text("resource", edge.resource().text())
                    .text("principal", edge.principal().text())
                    .instant("knownSince", since)
                    .number("seconds", Duration.between(since, now).toSeconds());
        }

        private List<String> awaiting() {
            return view.resources().values().stream()
                    .filter(ResourceRecord::awaitsAdoption)
                    .map(r -> r.id().text())
                    .toList();
        }

        private long count(EdgeRecord.State state) {
            return view.edges().stream().filter(e -> e.state() == state).count();
        }

        private @Nullable String oldestOpenRevocation() {
            return open().map(EdgeRecord::revokeDetectedAt)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .map(at -> Duration.between(at, now).toString())
                    .orElse(null);
        }

        Fields fields() {
            RunRecord run = lastRun.orElse(null);
            RunRecord.End end = run == null ? null : run.end();
            return new Fields()
                    .instant("at", now)
                    .objects(
                            "overdueRevocations",
                            overdue().stream().map(this::overdue).toList())
                    .text("overdueAfter", overdueAfter.toString())
                    .object(
                            "edges",
                            new Fields()
                                    .number("granted", count(EdgeRecord.State.GRANTED))
                                    .number("granting", count(EdgeRecord.State.GRANTING))
                                    .number("revoking", count(EdgeRecord.State.REVOKING)))
                    .number("open", open().count())
                    .number("overdue", overdue().size())
                    .text("oldestOpenRevocation", oldestOpenRevocation())
                    .object("revocationClock", clock.fields())
                    .objects("canary", canaries.fields())
                    .number("holds", view.holds().size())
                    .number("cases", view.cases().size())
                    .number("quarantined", view.quarantine().size())
                    .texts("awaitAdoption", awaiting())
                    .flag("holdsUnknown", view.holdsUnknown())
                    .texts("paused", view.pauses().stream().map(Pause::scope).toList())
                    .object(
                            "lastRun",
                            run == null
                                    ? null
                                    : new Fields()
                                            .name("run", run.id())
                                            .text("trigger", run.trigger())
                                            .instant("startedAt", run.startedAt())
                                            .instant("endedAt", end == null ? null : end.at())
                                            .maybe("exitCode", end == null ? null : (long) end.exitCode()));
        }

        void print(PrintStream out, Paint paint) {
            List<EdgeRecord> overdue = overdue();
            if (!overdue.isEmpty()) {
                out.println(
                        paint.bad("ALERT") + "     " + overdue.size() + " revocations are overdue: known for more than "
                                + PlanText.time(overdueAfter.toSeconds()) + " and not proven gone, the oldest for "
                                + PlanText.time(Duration.between(
                                                java.util.Objects.requireNonNull(
                                                        overdue.getFirst().revokeDetectedAt()),
                                                now)
                                        .toSeconds())
                                + (overdue.size() > SHOWN ? "; the first " + SHOWN + ", all with --output csv:" : ""));
                overdue.stream()
                        .limit(SHOWN)
                        .forEach(e -> out.println(
                                "  " + Visible.text(e.principal() + " at " + e.resource()) + ", known since "
                                        + Visible.time(java.util.Objects.requireNonNull(e.revokeDetectedAt()))));
            }
            out.println("edges     " + count(EdgeRecord.State.GRANTED) + " granted, " + count(EdgeRecord.State.GRANTING)
                    + " being granted, " + count(EdgeRecord.State.REVOKING) + " being revoked");
            out.println("clock     " + clock.text());
            clock.lines().forEach(line -> out.println("          " + Visible.text(line)));
            canaries.lines().forEach(line -> out.println("canary    " + Visible.text(line)));
            out.println("held      " + Counted.of(view.cases().size(), "case") + " of guards, "
                    + Counted.of(view.quarantine().size(), "principal") + " in quarantine, "
                    + Counted.of(view.holds().size(), "hold"));
            if (!awaiting().isEmpty()) {
                out.println(paint.warn("adopt") + "     " + awaiting().size() + " resources wait for adopt: "
                        + String.join(", ", awaiting()));
            }
            view.pauses()
                    .forEach(p -> out.println(paint.warn("paused") + "    " + Visible.text(p.scope()) + " since "
                            + Visible.time(p.madeAt()) + " by " + Visible.text(p.actor() + ": " + p.reason()) + " ("
                            + p.id() + ")"));
            if (view.holdsUnknown()) {
                out.println(paint.warn("holds") + "     not known to be complete after a rebuild: nothing is granted");
            }
            out.println(lastRun.map(Status::run).orElse("last run  none yet: provisioner run"));
        }

        private static String run(RunRecord run) {
            RunRecord.End end = run.end();
            return "last run  " + run.id() + " (" + run.trigger() + ") started " + Visible.time(run.startedAt())
                    + (end == null ? ", has not ended" : ", exit code " + end.exitCode());
        }
    }
}
