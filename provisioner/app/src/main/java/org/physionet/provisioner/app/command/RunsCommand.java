package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs list}, {@code runs show}: past runs, with predicted and actual calls. */
@Command(name = "runs")
public final class RunsCommand {
    private static final List<Column<RunRecord>> COLUMNS = List.of(
            Column.<RunRecord>id("run", r -> r.id().value()),
            Column.text("trigger", RunRecord::trigger),
            Column.text("actor", RunRecord::actor),
            Column.text("onBehalfOf", RunRecord::onBehalfOf),
            Column.instant("startedAt", RunRecord::startedAt),
            Column.instant("endedAt", r -> r.end() == null ? null : r.end().at()),
            Column.maybe(
                    "exitCode", r -> r.end() == null ? null : (long) r.end().exitCode()),
            Column.text("fingerprint", RunRecord::fingerprint).hidden(),
            new Column<>("predictedCalls", Column.Shown.EVERYWHERE, false, r -> calls(r, true)),
            new Column<>("actualCalls", Column.Shown.EVERYWHERE, false, r -> calls(r, false)),
            Column.object(
                    "summary", r -> r.end() == null ? null : counts(r.end().summary())));

    private final Invocation invocation;

    public RunsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    private static @Nullable Long calls(RunRecord run, boolean predicted) {
        RunRecord.End end = run.end();
        if (end == null) {
            return null;
        }
        Map<String, Integer> calls = predicted ? end.predictedCalls() : end.actualCalls();
        return calls.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static Fields counts(Map<String, Integer> counts) {
        Fields fields = new Fields();
        counts.forEach(fields::number);
        return fields;
    }

    @Command(
            name = "list",
            description = "Lists past runs, newest first.",
            footer = "  provisioner runs list --limit 5")
    int list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "at most N (default: 20)")
                    int limit) {
        if (limit < 1) {
            throw new UsageError(Problem.of("The value of --limit is wrong")
                    .expected("1 or more")
                    .found(limit + ""));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            long shown = invocation.answer().rows(COLUMNS, wiring.store().answers().runs(limit).stream());
            if (shown == 0) {
                invocation.note("No runs yet.");
            }
            return Exit.DONE.code();
        }
    }

    @Command(
            name = "show",
            description = "Shows one run: what it did, in order, and what it cost.",
            footer = {"  provisioner runs show run-0199…", "  provisioner runs show last"})
    int show(@Parameters(paramLabel = "ID", description = "a run, or last") String id) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            RunRecord run = find(wiring, id);
            List<LedgerEvent> events = wiring.store()
                    .answers()
                    .events(new EventFilter(run.id().value(), null, null, null, null, 1, Integer.MAX_VALUE));
            invocation
                    .answer()
                    .document(
                            fields(run, events),
                            out -> print(out, run, events),
                            answer -> answer.rows(LedgerEventsCommand.COLUMNS, events.stream()));
            return Exit.DONE.code();
        }
    }

    /** @param id a run's, or {@code last} */
    static RunRecord find(Wiring wiring, String id) {
        if (id.equals("last")) {
            return wiring.store().answers().runs(1).stream()
                    .findFirst()
                    .orElseThrow(() ->
                            new UsageError(Problem.of("There are no runs yet").next("provisioner run")));
        }
        return wiring.store()
                .answers()
                .run(new RunId(id))
                .orElseThrow(() -> new UsageError(
                        Problem.of("There is no run \"" + id + "\"").next("provisioner runs list")));
    }

    private static Fields fields(RunRecord run, List<LedgerEvent> events) {
        RunRecord.End end = run.end();
        Fields fields = new Fields()
                .name("run", run.id())
                .text("trigger", run.trigger())
                .text("actor", run.actor())
                .text("onBehalfOf", run.onBehalfOf())
                .instant("startedAt", run.startedAt())
                .text("fingerprint", run.fingerprint());
        if (end == null) {
            fields.object("end", null);
        } else {
            fields.object(
                    "end",
                    new Fields()
                            .instant("at", end.at())
                            .number("exitCode", end.exitCode())
                            .counts("predictedCalls", end.predictedCalls())
                            .counts("actualCalls", end.actualCalls())
                            .counts("summary", end.summary())
                            .texts("problems", end.problems()));
        }
        return fields.objects(
                "events", events.stream().map(LedgerEventsCommand::fields).toList());
    }

    private static void print(PrintStream out, RunRecord run, List<LedgerEvent> events) {
        RunRecord.End end = run.end();
        out.println(run.id() + "  " + run.trigger() + " by " + Visible.text(run.actor())
                + (run.onBehalfOf() == null ? "" : " on behalf of " + Visible.text(run.onBehalfOf())));
        if (end == null) {
            out.println("started " + Visible.time(run.startedAt()) + ", has not ended (it runs still, or was killed)");
        } else {
            Instant ended = end.at();
            out.println("started " + Visible.time(run.startedAt()) + ", took "
                    + Duration.between(run.startedAt(), ended).toMillis() + " ms, exit code " + end.exitCode());
            out.println("calls predicted " + end.predictedCalls() + ", actual " + end.actualCalls());
            out.println("summary " + end.summary());
            end.problems().forEach(p -> out.println("problem: " + Visible.text(p)));
        }
        Stream<LedgerEvent> shown = events.stream();
        shown.forEach(e -> out.println(e.seq() + "  " + e.at() + "  " + e.type() + "  " + Visible.text(e.readable())));
    }
}
