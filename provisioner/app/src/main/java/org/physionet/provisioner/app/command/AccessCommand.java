package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries.AccessLine;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code access list}: who can read what, as recorded. */
@Command(name = "access")
public final class AccessCommand {
    private static final List<Column<AccessLine>> COLUMNS = List.of(
            Column.text("researcher", AccessLine::researcher),
            Column.text("username", AccessLine::username),
            Column.text("dataset", AccessLine::dataset),
            Column.text("resource", AccessLine::resource),
            Column.text("principal", AccessLine::principal),
            Column.instant("since", AccessLine::since),
            Column.instant("until", AccessLine::until),
            Column.text("basis", AccessLine::basis),
            Column.instant("provenAt", AccessLine::provenAt));

    private final Invocation invocation;

    public AccessCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "list",
            description = "Lists who can read what, as recorded, now or at a past moment.",
            footer = {
                "  provisioner access list --dataset mimiciv/3.1",
                "  provisioner access list --researcher ada --at 2026-03-01T00:00:00Z"
            })
    int list(
            @Option(names = "--researcher", paramLabel = "R", description = "only this researcher") @Nullable String researcher,
            @Option(names = "--dataset", paramLabel = "D", description = "only this dataset") @Nullable String dataset,
            @Option(
                            names = "--at",
                            paramLabel = "INSTANT",
                            description = "the record as of then, e.g. 2026-03-01T00:00:00Z")
                    @Nullable String at) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant now = invocation.surroundings().clock().instant();
            Instant instant = at == null ? now : Dates.instant("--at", at);
            if (instant.isAfter(now)) {
                throw new UsageError(Problem.of("The record knows nothing of the future")
                        .expected("--at now or before")
                        .found(String.valueOf(at))
                        .next("provisioner eligibility --at tells what would be so if nothing changes"));
            }
            ResearcherId person = researcher == null ? null : Lookups.researcher(wiring, researcher);
            DatasetId id = dataset == null ? null : Lookups.dataset(wiring, dataset);
            long shown =
                    invocation.answer().rows(COLUMNS, wiring.store().answers().accessAt(instant, person, id).stream());
            if (shown == 0) {
                String begins =
                        wiring.store().answers().events(new EventFilter(null, null, null, null, null, 1, 1)).stream()
                                .filter(first -> instant.isBefore(first.at()))
                                .map(first -> " The record begins at " + first.at() + ": before it nobody can say.")
                                .findFirst()
                                .orElse("");
                invocation.note("Nobody, as recorded at " + instant + "." + begins);
            }
            return Exit.DONE.code();
        }
    }
}
