package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant}: an exception hold, then reconciles it at once. */
@Command(
        name = "grant",
        description = {
            "Lets somebody in until a date, although a condition is unmet, at once.",
            "The exception waives what is unmet now, shown first; dua_unsigned, embargoed and deprecated only with --waive; "
                    + "blocked, inactive and georestricted never. A condition that fails later ends it."
        },
        footer = {
            "  provisioner grant ada mimiciv/3.1 --until 2026-12-31 --reason \"report is being renewed\"",
            "  provisioner grant --from class.txt mimiciv/3.1 --until 2026-12-31 --waive dua_unsigned \\",
            "      --label class-2026 --reason \"signed on paper\""
        })
public final class GrantCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..2", paramLabel = "RESEARCHER DATASET", description = "with --from: the dataset alone")
    private List<String> names = new ArrayList<>();

    @Option(names = "--until", paramLabel = "DATE", required = true, description = "the last day")
    private String until = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record")
    private @Nullable String reason;

    @Option(
            names = "--waive",
            paramLabel = "REASON",
            split = ",",
            description = "waive this condition too, e.g. dua_unsigned; may be repeated")
    private List<String> waive = new ArrayList<>();

    @Option(names = "--from", paramLabel = "FILE", description = "the researchers in FILE, one a line")
    private @Nullable Path from;

    @Option(names = "--label", paramLabel = "TEXT", description = "a name for the class, by which holds lift ends it")
    private @Nullable String label;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public GrantCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String why = ActingOptions.reason(reason);
        Instant now = invocation.surroundings().clock().instant();
        Instant end = Dates.end("--until", until);
        if (!end.isAfter(now)) {
            throw new UsageError(Problem.of("The value of --until is past")
                    .expected("a date to come")
                    .found(end.toString()));
        }
        if (names.size() != (from == null ? 2 : 1)) {
            throw new UsageError(Problem.of("grant needs a researcher and a dataset, or --from FILE and a dataset")
                    .found(String.join(" ", names))
                    .next("provisioner grant --help"));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            DatasetId dataset = wiring.datasets().find(names.getLast());
            Waivers waivers = new Waivers(wiring, dataset, waive, now);
            Actor actor = wiring.actor(acting.onBehalfOf());
            List<AccessException> exceptions = new ArrayList<>();
            for (People.Named person : people(wiring)) {
                exceptions.add(new AccessException(
                        new HoldId(wiring.ids().next("hold")),
                        person.id(),
                        dataset,
                        end,
                        person.guarded(() -> waivers.of(person.id())),
                        actor.text(),
                        why,
                        now,
                        label));
            }
            exceptions.forEach(this::show);
            exceptions.forEach(wiring.store()::addHold);
            int code = Runs.print(invocation, wiring, reconcile(wiring, actor, dataset, exceptions));
            return wiring.ledger().published(wiring.store(), code);
        }
    }

    private List<People.Named> people(Wiring wiring) {
        return from == null
                ? List.of(People.one(wiring.directory(), names.getFirst()))
                : People.from(
                        wiring.directory(),
                        invocation.surroundings().workingFolder().resolve(from));
    }

    private void show(AccessException exception) {
        String waived = Holds.waives(exception).isEmpty()
                ? "nothing (no condition is unmet now)"
                : String.join(", ", Holds.waives(exception));
        invocation.note(exception.id() + ": researcher " + exception.researcher() + " at " + exception.dataset()
                + " until " + exception.until() + ", waives " + waived);
    }

    /** Only the changes of these people, in one run. */
    private RunReport reconcile(Wiring wiring, Actor actor, DatasetId dataset, List<AccessException> exceptions) {
        Reconciler reconciler = wiring.reconciler();
        Set<ResearcherId> people =
                exceptions.stream().map(AccessException::researcher).collect(Collectors.toCollection(HashSet::new));
        ResearcherId only = people.size() == 1 ? people.iterator().next() : null;
        Scope scope = Scope.of(dataset, null, only);
        Optional<Set<Approved>> onlyThese = only != null
                ? Optional.empty()
                : Optional.of(reconciler.preview(wiring.reading(), scope, null).plan().changes().stream()
                        .filter(c -> people.contains(c.researcher()))
                        .map(Approved::of)
                        .collect(Collectors.toSet()));
        return reconciler.run(
                new RunRequest("grant", actor.name(), actor.onBehalfOf(), scope, onlyThese, RunCommand.USUAL_DEADLINE),
                wiring.reading());
    }
}
