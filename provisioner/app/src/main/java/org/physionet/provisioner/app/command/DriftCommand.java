package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drift}: recorded and desired against live, both directions; changes nothing. */
@Command(
        name = "drift",
        description = {
            "Compares what is recorded and desired with what the clouds have now, in both directions; changes nothing.",
            "Each finding has an id, by which somebody decides about it: restore, remove, adopt, or ignore with a reason.",
            "missing: should read and can not · extra: can read and should not · widened: has more, or for longer, than the "
                    + "engine gave · dead: the account is deleted · orphan: left the source or the catalog · shadow: "
                    + "somebody can read by a way that is not the engine's · usual: the same, by what the provider puts on "
                    + "every new resource; it is no reason for exit code 4 · unseen: could not be looked at"
        },
        footer = {
            "  provisioner drift",
            "  provisioner drift --provider gcp --exit-code --quiet",
            "  provisioner drift restore 3fa91c07b2de --reason \"taken out by hand\""
        })
public final class DriftCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--exit-code", description = "end with 4 if something is not as it should be")
    private boolean exitCode;

    @Option(
            names = "--finding",
            paramLabel = "KIND",
            split = ",",
            description = "only these kinds, e.g. missing,extra; may be repeated")
    private List<String> kinds = new ArrayList<>();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    public DriftCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        requireKinds();
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Reconciler.Preview preview = wiring.reconciler().preview(wiring.reading(), scope.scope(wiring), null);
            List<Drift> found = new Differences(preview, wiring.clouds())
                    .find().stream()
                            .filter(d -> kinds.isEmpty() || kinds.contains(d.finding()))
                            .toList();
            Instant now = invocation.surroundings().clock().instant();
            DriftRows rows =
                    new DriftRows(wiring.directory(), wiring.store().decisions().ignored(now));
            invocation.answer().rows(rows.columns(), found.stream());
            List<Drift> open = found.stream()
                    .filter(d -> !d.finding().equals(Drift.USUAL) && rows.ignored(d) == null)
                    .toList();
            if (found.isEmpty()) {
                invocation.note("Everything is as it should be.");
            } else if (!open.isEmpty()) {
                invocation.note("To decide about one: provisioner drift restore|remove|adopt|ignore ID --reason TEXT");
            }
            if (found.stream().anyMatch(d -> d.finding().equals(Drift.UNSEEN))) {
                return Exit.FAILED.code();
            }
            return exitCode && !open.isEmpty() ? Exit.CHANGES.code() : Exit.DONE.code();
        }
    }

    @Command(
            name = "restore",
            description = {
                "Makes one thing as it should be again.",
                "Lets in who is missing, gives a lease its end back, or takes away what somebody has beside what the engine "
                        + "gave. Proven by reading back, as a run does it."
            },
            footer = "  provisioner drift restore 3fa91c07b2de --reason \"taken out by hand, ticket 118\"")
    int restore(@Mixin DecisionOptions options) {
        return new Deciding(invocation, options).run(Choice.RESTORE, null);
    }

    @Command(
            name = "remove",
            description = {
                "Takes one thing out of the cloud that should not be there.",
                "An entry, a deleted account, a way in that is not the engine's, or every reader of an orphan. Under the "
                        + "guards, and proven by reading back."
            },
            footer = "  provisioner drift remove 3fa91c07b2de --reason \"nobody knows why it was there\"")
    int remove(@Mixin DecisionOptions options) {
        return new Deciding(invocation, options).run(Choice.REMOVE, null);
    }

    @Command(
            name = "adopt",
            description = {
                "Takes one entry into the record as it stands, with whose it is; changes nothing in the cloud.",
                "In mode enforce a run still takes it out, unless somebody is entitled to it or keep exempts it."
            },
            footer = "  provisioner drift adopt 3fa91c07b2de --reason \"given by the curators before us\"")
    int adopt(@Mixin DecisionOptions options) {
        return new Deciding(invocation, options).run(Choice.ADOPT, null);
    }

    @Command(
            name = "ignore",
            description = {
                "Says that a difference is known.",
                "It is still shown, with the reason, but is no reason for exit code 4 until the date has passed or it has "
                        + "changed. What runs do stays the same."
            },
            footer = "  provisioner drift ignore 3fa91c07b2de --reason \"the backup's account\" --until 2027-01-31")
    int ignore(
            @Mixin DecisionOptions options,
            @Option(
                            names = "--until",
                            paramLabel = "DATE",
                            description =
                                    "the last day on which it counts as known (default: as long as it stays as it is)")
                    @Nullable String until) {
        Instant now = invocation.surroundings().clock().instant();
        Instant end = until == null ? null : Dates.end("--until", until);
        if (end != null && !end.isAfter(now)) {
            throw new UsageError(Problem.of("--until is over already")
                    .expected("a date in the future")
                    .found(String.valueOf(until)));
        }
        return new Deciding(invocation, options).run(Choice.IGNORE, end);
    }

    private void requireKinds() {
        for (String kind : kinds) {
            if (!Drift.KINDS.contains(kind)) {
                throw new UsageError(Problem.of("There is no finding \"" + kind + "\"")
                        .expected(String.join(", ", Drift.KINDS))
                        .next(Nearest.question(kind, Drift.KINDS).orElse(null)));
            }
        }
    }
}
