package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.store.AccessQueries.HoldHistory;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holds list}, {@code holds lift}: standing decisions. */
@Command(name = "holds")
public final class HoldsCommand {
    private static final List<Column<HoldHistory>> COLUMNS = List.of(
            Column.<HoldHistory>id("id", h -> h.hold().id().value()),
            Column.text("kind", h -> Holds.kind(h.hold())),
            Column.text("researcher", h -> Holds.researcher(h.hold())),
            Column.text("dataset", h -> Holds.dataset(h.hold())),
            Column.text("principal", h -> Holds.principal(h.hold())),
            Column.instant("until", h -> Holds.until(h.hold())),
            Column.texts("waives", h -> Holds.waives(h.hold())),
            Column.text("label", h -> h.hold().label()),
            Column.text("reason", h -> h.hold().reason()),
            Column.text("actor", h -> h.hold().actor()),
            Column.instant("madeAt", h -> h.hold().madeAt()),
            Column.instant("liftedAt", HoldHistory::liftedAt),
            Column.text("liftedBy", HoldHistory::liftedBy).hidden(),
            Column.text("liftReason", HoldHistory::liftReason).hidden());

    private final Invocation invocation;

    public HoldsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "list",
            description = "Lists the holds in force.",
            footer = {"  provisioner holds list", "  provisioner holds list --all --output csv"})
    int list(
            @Option(names = "--all", description = "lifted and ended ones too") boolean all,
            @Option(names = "--label", paramLabel = "TEXT", description = "only those with this label") @Nullable String label) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant now = invocation.surroundings().clock().instant();
            long shown = invocation
                    .answer()
                    .rows(
                            COLUMNS,
                            wiring.store().answers().holdHistory().stream()
                                    .filter(h -> all || Holds.inForce(h, now))
                                    .filter(h -> label == null
                                            || label.equals(h.hold().label())));
            if (shown == 0) {
                invocation.note("No holds.");
            }
            return Exit.DONE.code();
        }
    }

    @Command(
            name = "lift",
            description = {"Ends a hold, or every hold with a label.", "The next run acts on it."},
            footer = {
                "  provisioner holds lift hold-0199… --reason \"signed the new agreement\"",
                "  provisioner holds lift --label class-2026 --reason \"the course has ended\""
            })
    int lift(
            @Parameters(arity = "0..1", paramLabel = "ID", description = "a hold, or the unique beginning of its id")
                    @Nullable String id,
            @Option(names = "--label", paramLabel = "TEXT", description = "every hold with this label") @Nullable String label,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record") @Nullable String reason,
            @Mixin ActingOptions acting) {
        if ((id == null) == (label == null)) {
            throw new UsageError(Problem.of("holds lift needs either an id or --label"));
        }
        String why = ActingOptions.reason(reason);
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Instant now = invocation.surroundings().clock().instant();
            List<Hold> holds = wiring.store().answers().holdHistory().stream()
                    .filter(h -> Holds.inForce(h, now))
                    .map(HoldHistory::hold)
                    .toList();
            List<Hold> chosen = id == null
                    ? holds.stream()
                            .filter(h -> java.util.Objects.equals(label, h.label()))
                            .toList()
                    : List.of(one(id, holds));
            if (chosen.isEmpty()) {
                throw new UsageError(Problem.of("No hold in force has the label \"" + label + "\"")
                        .expected(holds.stream()
                                .map(Hold::label)
                                .filter(java.util.Objects::nonNull)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", "))));
            }
            String actor = wiring.actor(acting.onBehalfOf()).text();
            List<HoldId> lifted = new ArrayList<>();
            chosen.stream()
                    .map(Hold::id)
                    .filter(h -> wiring.store().liftHold(h, actor, why, now))
                    .forEach(lifted::add);
            invocation.answer().rows(List.of(Column.<HoldId>text("lifted", HoldId::value)), lifted.stream());
            invocation.note("The next run acts on it: provisioner run");
            return wiring.ledger().published(wiring.store(), Exit.DONE.code());
        }
    }

    private static Hold one(String id, List<Hold> holds) {
        List<Hold> matching =
                holds.stream().filter(h -> h.id().value().equals(id)).toList();
        if (matching.isEmpty()) {
            matching = holds.stream().filter(h -> h.id().value().startsWith(id)).toList();
        }
        if (matching.size() != 1) {
            List<String> known = holds.stream().map(h -> h.id().value()).toList();
            throw new UsageError(Problem.of(
                            matching.isEmpty()
                                    ? "There is no hold \"" + id + "\" in force"
                                    : "\"" + id + "\" is the beginning of " + matching.size() + " holds")
                    .next(Nearest.question(id, known).orElse("provisioner holds list")));
        }
        return matching.getFirst();
    }
}
