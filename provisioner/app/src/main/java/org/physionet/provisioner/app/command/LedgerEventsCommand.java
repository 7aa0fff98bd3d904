package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit events}. */
@Command(
        name = "events",
        description = "Lists the ledger's entries, in order.",
        footer = {
            "  provisioner audit events --researcher ada --since 2026-01-01",
            "  provisioner audit events --run run-0199… --output ndjson"
        })
public final class LedgerEventsCommand implements Callable<Integer> {
    static final List<Column<LedgerEvent>> COLUMNS = List.of(
            Column.number("seq", LedgerEvent::seq),
            Column.instant("at", LedgerEvent::at),
            Column.text("type", LedgerEvent::type),
            Column.text("actor", LedgerEvent::actor),
            Column.text("run", LedgerEvent::run).hidden(),
            Column.text("what", LedgerEvent::readable),
            Column.text("payload", LedgerEvent::payload).hidden(),
            Column.text("hash", LedgerEvent::hash).hidden());

    private final Invocation invocation;

    @Option(names = "--researcher", paramLabel = "R", description = "about this researcher")
    private @Nullable String researcher;

    @Option(names = "--run", paramLabel = "ID", description = "of this run")
    private @Nullable String run;

    @Option(names = "--type", paramLabel = "TYPE", description = "of this type")
    private @Nullable String type;

    @Option(names = "--since", paramLabel = "DATE", description = "not before")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "DATE", description = "not after")
    private @Nullable String until;

    @Option(names = "--from-seq", paramLabel = "N", description = "from this number on")
    private long fromSeq = 1;

    @Option(names = "--limit", paramLabel = "N", description = "at most N (default: 1000)")
    private int limit = 1000;

    public LedgerEventsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    static Fields fields(LedgerEvent event) {
        return Answer.fields(event, COLUMNS);
    }

    @Override
    public Integer call() {
        Instant from = since == null ? null : Dates.start("--since", since);
        Instant to = until == null ? null : Dates.end("--until", until);
        LedgerFilters.check(from, to, type, limit);
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            EventFilter filter = new EventFilter(
                    run,
                    researcher == null ? null : Lookups.researcher(wiring, researcher),
                    type,
                    from,
                    to,
                    fromSeq,
                    limit);
            List<LedgerEvent> events = wiring.store().answers().events(filter);
            invocation.answer().rows(COLUMNS, events.stream());
            if (events.size() == limit) {
                invocation.note(
                        "There may be more: --from-seq " + (events.getLast().seq() + 1) + " shows the next");
            } else if (events.isEmpty()) {
                invocation.note("No entries.");
            }
            return Exit.DONE.code();
        }
    }
}
