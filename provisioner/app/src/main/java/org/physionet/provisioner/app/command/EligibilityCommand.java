package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eligibility}: decisions, no cloud involved. */
@Command(
        name = "eligibility",
        footer = {
            "  provisioner eligibility --dataset mimiciv/3.1",
            "  provisioner eligibility --researcher ada --output json",
            "  provisioner eligibility --at 2026-11-01T12:00:00Z --output ndjson > decisions.ndjson"
        })
public final class EligibilityCommand implements Callable<Integer> {
    private static final List<Column<Line>> COLUMNS = List.of(
            Column.<Line>text("researcher", l -> l.decision().researcher().value()),
            Column.text("username", Line::username),
            Column.text("dataset", l -> l.decision().dataset().toString()),
            Column.flag("allowed", l -> l.decision().allowed()),
            Column.instant("expiresAt", l -> l.decision().expiresAt()),
            Column.texts(
                    "reasons",
                    l -> l.decision().reasons().stream().map(Reason::code).toList()),
            Column.<Line>text("frozen", l -> l.decision().frozen()).ifAny());

    private record Line(String username, Decision decision) {}

    private final Invocation invocation;

    @Option(names = "--researcher", paramLabel = "R", description = "only this researcher")
    private @Nullable String researcher;

    @Option(names = "--dataset", paramLabel = "D", description = "only this dataset")
    private @Nullable String dataset;

    @Option(names = "--from", paramLabel = "FILE", description = "only the researchers in FILE, one a line")
    private @Nullable Path from;

    @Mixin
    private AtOption at = new AtOption();

    public EligibilityCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant instant = at.instant(invocation);
            Snapshot snapshot = wiring.snapshot();
            Population population = new Population(snapshot);
            int[] people = people(wiring, population);
            Collection<Dataset> datasets = datasets(wiring, snapshot);
            Links links = Links.of(
                    snapshot.researchers().values(),
                    wiring.parts().identityKinds().values());
            HoldIndex holds = new HoldIndex(
                    wiring.view().holds(), links.byPerson(), wiring.view().identities());
            Standing standing = population.at(instant, wiring.configuration().eligibility(), holds);
            long[] frozen = {0};
            Stream<Line> lines = IntStream.of(people)
                    .boxed()
                    .flatMap(n -> datasets.stream()
                            .map(d -> new Line(population.person(n).username(), standing.decision(n, d))))
                    .peek(l -> frozen[0] += l.decision().isFrozen() ? 1 : 0);
            invocation.answer().rows(COLUMNS, lines);
            if (frozen[0] > 0) {
                invocation.note(frozen[0]
                        + " decisions are frozen by rows that could not be read: neither granted nor revoked");
            }
            return Exit.DONE.code();
        }
    }

    private int[] people(Wiring wiring, Population population) {
        List<ResearcherId> wanted = new ArrayList<>();
        if (researcher != null) {
            wanted.add(wiring.directory().find(researcher));
        }
        if (from != null) {
            for (LineFile.Line line :
                    LineFile.read(invocation.surroundings().workingFolder().resolve(from))) {
                try {
                    wanted.add(wiring.directory().find(line.text()));
                } catch (UsageError e) {
                    throw line.wrong(e);
                }
            }
        }
        if (researcher == null && from == null) {
            return IntStream.range(0, population.size()).toArray();
        }
        return wanted.stream()
                .map(population::number)
                .filter(java.util.Objects::nonNull)
                .mapToInt(Integer::intValue)
                .distinct()
                .toArray();
    }

    private Collection<Dataset> datasets(Wiring wiring, Snapshot snapshot) {
        if (dataset == null) {
            return snapshot.datasets().values();
        }
        DatasetId id = wiring.datasets().find(dataset);
        Dataset found = snapshot.datasets().get(id);
        return found == null ? List.of() : List.of(found);
    }
}
